package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the service for the deals whose events the topic no longer has, beside the reading of the topic: newer events replace what it gives.
 * It may be stopped at any point and begun again.
 */
final class BoardFill {

    private static final Logger log = LoggerFactory.getLogger(BoardFill.class);

    private final ServiceDeals service;
    private final ColumnBoard board;
    private final BoardStore store;
    private final Duration pause;
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile int done;
    private volatile boolean stopped;

    /**
     * @param pause after the service did not answer
     */
    BoardFill(ServiceDeals service, ColumnBoard board, BoardStore store, Duration pause) {
        this.service = service;
        this.board = board;
        this.store = store;
        this.pause = pause;
    }

    /** Whether nothing is missing any more. */
    boolean isDone() {
        return done == wanted.get();
    }

    /** Begins; if it works already it begins again afterwards, for what was read so far may not have been stored. */
    void begin() {
        wanted.incrementAndGet();
        stopped = false;
        goOn();
    }

    /** Works, if there is something to do and nobody does it. */
    void goOn() {
        if (!isDone() && !stopped && working.compareAndSet(false, true)) {
            Workers.daemon("board-fill", this::work).start();
        }
    }

    void stop() {
        stopped = true;
    }

    private void work() {
        try {
            while (!isDone() && !stopped) {
                int round = wanted.get();
                try {
                    fill();
                    done = round;
                } catch (IOException | RuntimeException e) {
                    log.warn("cannot read all deals from the service, tried again: {}", e.toString());
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            working.set(false);
        }
    }

    private void fill() throws IOException {
        if (!service.canBeAsked()) {
            log.warn(
                    "the topic has no longer all events, and no service is named (masterdeal.service.url): the board lacks deals");
            return;
        }
        int[] deals = new int[1];
        boolean[] stored = {store.isHeld()};
        service.deals(cards -> {
            board.take(
                    cards.stream().map(card -> new CardReader.Read(card, false)).toList());
            stored[0] &= store(cards.stream().map(Card::id).toList());
            deals[0] += cards.size();
        });
        List<UUID> batch = new ArrayList<>();
        service.clocks((deal, clocks) -> {
            addClocks(deal, clocks);
            batch.add(deal);
            if (batch.size() == 500) {
                stored[0] &= store(batch);
                batch.clear();
            }
        });
        stored[0] &= store(batch);
        if (stored[0]) {
            markComplete();
        }
        log.info("the service has told {} deals", deals[0]);
    }

    private void addClocks(UUID deal, List<CardClock> clocks) {
        Optional<Card> card = board.card(deal);
        if (card.isPresent() && card.get().epoch() == ServiceDeals.WITHOUT_CLOCKS) {
            board.take(List.of(new CardReader.Read(card.get().with(ServiceDeals.WITH_CLOCKS, clocks), false)));
        }
    }

    /** Stores what the board has of deals, if this process writes; false if it does not. */
    private boolean store(List<UUID> deals) {
        try {
            List<CardReader.Read> reads = new ArrayList<>();
            for (UUID deal : deals) {
                board.card(deal).ifPresent(card -> reads.add(new CardReader.Read(card, false)));
            }
            if (!store.isHeld()) {
                return false;
            }
            store.write(reads, Map.of());
            return true;
        } catch (SQLException e) {
            log.warn("cannot store deals that the service told: {}", e.getMessage());
            return false;
        }
    }

    private void markComplete() {
        try {
            store.markComplete(true);
        } catch (SQLException e) {
            log.warn("cannot note that all deals are there; the service will be asked again: {}", e.getMessage());
        }
    }
}
