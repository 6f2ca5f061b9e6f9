package io.masterdeal.console.page;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.platform.RuleSetInUse;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every template is told: for whom it is, in which language, and how times and numbers are written there. A controller gets it as a
 * parameter, and gives it to its template as {@code view}. Immutable.
 *
 * @param person who looks; null on pages before login
 * @param look language, time zone and theme
 * @param words of all screens
 * @param rules what people call stages and statuses
 * @param menu the screens that there are
 * @param path of this page, without its query
 * @param query of this page as sent, empty if there is none
 * @param csrf the token that forms have to send; empty if none is needed
 * @param now the instant of this page
 */
public record View(
        @Nullable Person person,
        Look look,
        Words words,
        RuleSetInUse rules,
        List<MenuEntry> menu,
        String path,
        String query,
        String csrf,
        Instant now) {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter RU_SECONDS = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_INSTANT;

    /** The language of the page. */
    public Language language() {
        return look.language();
    }

    /** Whether the person has a right; false before login. */
    public boolean may(Right right) {
        return person != null && person.may(right);
    }

    /** A text of the page's language: see {@link Words#text}. */
    public String text(String key, Object... arguments) {
        return words.text(language(), key, arguments);
    }

    /** A text if there is one, and otherwise a fallback, such as the code of a stage that has no title. */
    public String textOr(String key, String fallback) {
        return words.has(language(), key) ? words.text(language(), key) : fallback;
    }

    /** What people call a stage. */
    public String stage(String stage) {
        return stage.equals("none")
                ? text("stage.none")
                : rules.stage(language().tag(), stage);
    }

    /**
     * What people call a status.
     *
     * @param kind of the object, such as {@code crm:deal}
     */
    public String status(String kind, String status) {
        return rules.status(language().tag(), kind, status);
    }

    /** A text that depends on a number, which is its argument {@code {0}}. */
    public String count(String key, long number) {
        return words.text(language(), key + "." + Words.form(language(), number), number(number));
    }

    /** A whole number with its groups separated. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(language().locale()).format(number);
    }

    /** A number with up to one digit after the point. */
    public String decimal(double number) {
        NumberFormat format = NumberFormat.getNumberInstance(language().locale());
        format.setMaximumFractionDigits(1);
        return format.format(number);
    }

    /** A share as percent, without digits after the point. */
    public String percent(double share) {
        return NumberFormat.getPercentInstance(language().locale()).format(share);
    }

    /**
     * An amount of money in millions, so that a column has one unit.
     *
     * @param currency its code, empty if unknown
     */
    public String millions(BigDecimal amount, String currency) {
        return decimal(amount.movePointLeft(6).doubleValue()) + " " + text("unit.million")
                + (currency.isEmpty() ? "" : " " + currency);
    }

    /** An instant in the chosen time zone, to the second. */
    public String time(Instant instant) {
        DateTimeFormatter format = language() == Language.RU ? RU_SECONDS : SECONDS;
        return format.format(instant.atZone(look.zone()));
    }

    /** An instant in UTC, for the attribute {@code datetime} and for titles. */
    public String utc(Instant instant) {
        return ISO.format(instant.atZone(ZoneOffset.UTC));
    }

    /** A length of time by its two largest units, such as {@code 3 d 4 h}; less than a second as milliseconds. */
    public String duration(Duration duration) {
        Duration length = duration.abs();
        String sign = duration.isNegative() ? "\u2212" : "";
        if (length.toDays() > 0) {
            return sign + length.toDays() + " " + text("unit.day") + pair(length.toHoursPart(), "unit.hour");
        }
        if (length.toHours() > 0) {
            return sign + length.toHours() + " " + text("unit.hour") + pair(length.toMinutesPart(), "unit.minute");
        }
        if (length.toMinutes() > 0) {
            return sign + length.toMinutes() + " " + text("unit.minute") + pair(length.toSecondsPart(), "unit.second");
        }
        return length.toSeconds() > 0
                ? sign + length.toSeconds() + " " + text("unit.second")
                : sign + length.toMillis() + " " + text("unit.millisecond");
    }

    private String pair(int number, String unit) {
        return number == 0 ? "" : " " + number + " " + text(unit);
    }

    /** How long ago an instant was. */
    public String ago(Instant instant) {
        return duration(Duration.between(instant, now));
    }

    /** The time zone of the page. */
    public ZoneId zone() {
        return look.zone();
    }
}
