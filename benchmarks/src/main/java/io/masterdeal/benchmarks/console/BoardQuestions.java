package io.masterdeal.benchmarks.console;

import io.masterdeal.benchmarks.Bench.Report;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.platform.PlatformServers;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardPage;
import io.masterdeal.console.board.BoardStore;
import io.masterdeal.console.board.CardReader;
import io.masterdeal.console.board.ColumnBoard;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.DealSla;
import io.masterdeal.console.board.Sort;
import io.masterdeal.local.LocalAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The board of the console: filters, pages, memory and start. */
final class BoardQuestions {

    private static final String SCHEMA = "console_bench";
    private static final String TOPIC = "masterdeal.events";
    private static final int BATCH = 5_000;

    private final ConsoleBench.Options options;

    BoardQuestions(ConsoleBench.Options options) {
        this.options = options;
    }

    Report run(Consumer<String> progress) throws IOException, SQLException {
        Path directory = Files.createTempDirectory("masterdeal-bench-");
        try (PlatformServers servers = PlatformServers.start(directory.resolve("data"))) {
            PGSimpleDataSource database = database(servers.addresses());
            store(database, progress);
            return measure(database, progress);
        } finally {
            remove(directory);
        }
    }

    private static PGSimpleDataSource database(LocalAddresses at) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(at.jdbcUrl());
        database.setUser(at.postgresUser());
        database.setPassword(at.postgresPassword());
        database.setCurrentSchema(SCHEMA);
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .locations("classpath:masterdeal/console/migrations")
                .load()
                .migrate();
        return database;
    }

    private void store(PGSimpleDataSource database, Consumer<String> progress) throws SQLException {
        progress.accept("console: storing %,d cards".formatted(options.deals()));
        ManyCards cards = new ManyCards(options.seed());
        try (BoardStore store = new BoardStore(database, TOPIC)) {
            store.acquire();
            store.begin("bench", true);
            List<CardReader.Read> batch = new ArrayList<>();
            for (int i = 0; i < options.deals(); i++) {
                batch.add(cards.next(i));
                if (batch.size() == BATCH || i == options.deals() - 1) {
                    store.write(batch, Map.of(0, (long) i + 1));
                    batch.clear();
                }
            }
        }
    }

    private Report measure(PGSimpleDataSource database, Consumer<String> progress) throws SQLException {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        List<String> table = new ArrayList<>();
        progress.accept("console: starting");
        ColumnBoard board = new ColumnBoard(List::of, Clock.fixed(ManyCards.NOW, ZoneOffset.UTC));
        long before = heap();
        long began = System.nanoTime();
        new BoardStore(database, TOPIC).load(board::take);
        double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
        long bytes = heap() - before;
        if (board.size() != options.deals()) {
            throw new IllegalStateException("the board has " + board.size() + " deals, not " + options.deals());
        }
        figures.put("start_seconds", seconds);
        figures.put("heap_bytes", bytes);
        table.add("  start from PostgreSQL  %8.1f s".formatted(seconds));
        table.add("  memory                 %8.0f MB".formatted(bytes / 1e6));
        progress.accept("console: asking");
        table.add("  %-34s %s".formatted("ms", Percentiles.HEAD));
        questions().forEach((name, question) -> {
            Percentiles took = time(board, question);
            figures.put(name, took.figures());
            table.add("  %-34s %s".formatted(name, took.line()));
        });
        return new Report(figures, table);
    }

    /** Bytes of live objects. */
    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private Percentiles time(Board board, Consumer<Board> question) {
        Histogram micros = new Histogram(3);
        for (int i = -options.rounds() / 4; i < options.rounds(); i++) {
            long began = System.nanoTime();
            question.accept(board);
            if (i >= 0) {
                micros.recordValue((System.nanoTime() - began) / 1000);
            }
        }
        return Percentiles.of(micros);
    }

    private static Map<String, Consumer<Board>> questions() {
        Map<String, DealSelection> filters = new LinkedHashMap<>();
        filters.put("all", DealSelection.ALL);
        filters.put("open", selection(Set.of("open"), Map.of(), Set.of(), ""));
        filters.put("manager", selection(Set.of(), Map.of("manager", "Менеджер 7"), Set.of(), ""));
        filters.put("breached", selection(Set.of("open"), Map.of(), Set.of(DealSla.BREACHED), ""));
        filters.put("words", selection(Set.of(), Map.of(), Set.of(), "клиент 77"));
        filters.put("number", selection(Set.of(), Map.of(), Set.of(), "d-12345"));
        filters.put(
                "everything",
                selection(
                        Set.of("open"),
                        Map.of("product", "Video", "region", "Урал"),
                        Set.of(DealSla.OK, DealSla.AT_RISK),
                        "ооо"));
        Map<String, Consumer<Board>> questions = new LinkedHashMap<>();
        filters.forEach(
                (name, filter) -> questions.put("counts_" + name, board -> board.counts(filter, ManyCards.NOW)));
        for (Sort sort : Sort.values()) {
            questions.put("page_" + sort.tag(), board -> board.page(DealSelection.ALL, sort, null, 100, ManyCards.NOW));
            questions.put("second_page_" + sort.tag(), board -> secondPage(board, sort));
        }
        questions.put("flow_30_days", board -> board.flow(DealSelection.ALL, ManyCards.NOW.minus(Duration.ofDays(30))));
        LocalDate today = LocalDate.ofInstant(ManyCards.NOW, ZoneOffset.UTC);
        questions.put("trend_90_days", board -> board.trend(today.minusDays(90), today));
        questions.put("values_of_client", board -> board.values("client", 50));
        questions.put("deal_by_key", board -> board.byRoot("crm:deal:D-4711"));
        return questions;
    }

    private static void secondPage(Board board, Sort sort) {
        BoardPage first = board.page(DealSelection.ALL, sort, null, 100, ManyCards.NOW);
        board.page(DealSelection.ALL, sort, first.next(), 100, ManyCards.NOW);
    }

    private static DealSelection selection(
            Set<String> outcomes, Map<String, String> attributes, Set<DealSla> sla, String words) {
        return new DealSelection(Set.of(), outcomes, attributes, Set.of(), sla, null, null, null, words);
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}
