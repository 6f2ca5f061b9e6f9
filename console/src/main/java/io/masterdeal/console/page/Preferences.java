package io.masterdeal.console.page;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the form in the header offers, and where it leads back to. */
public final class Preferences {
    /** The zones that are offered; any other that the JDK knows may be sent too. */
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Kaliningrad",
            "Europe/Moscow",
            "Europe/Samara",
            "Asia/Yekaterinburg",
            "Asia/Omsk",
            "Asia/Krasnoyarsk",
            "Asia/Irkutsk",
            "Asia/Yakutsk",
            "Asia/Vladivostok",
            "Asia/Magadan",
            "Asia/Kamchatka",
            "Asia/Almaty",
            "Asia/Tashkent",
            "Asia/Yerevan",
            "Asia/Dubai",
            "Europe/Istanbul",
            "Europe/Minsk",
            "Europe/Berlin",
            "Europe/London",
            "America/New_York",
            "America/Los_Angeles",
            "Asia/Shanghai");

    private static final int LONGEST = 2_000;

    private Preferences() {}

    /** The zones of the list, with that of the page. */
    public static Set<String> zones(View view) {
        Set<String> zones = new LinkedHashSet<>(ZONES);
        zones.add(name(view.zone()));
        return zones;
    }

    /** The zone as it is sent; that of UTC has several names. */
    public static String name(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** The zone without its continent, for the header. */
    public static String shortZone(View view) {
        String name = name(view.zone());
        return name.substring(name.lastIndexOf('/') + 1).replace('_', ' ');
    }

    /** The page with its query, where the form leads back to. */
    public static String here(View view) {
        String path = view.path() + (view.query().isEmpty() ? "" : "?" + view.query());
        return isLocal(path) ? path : "/";
    }

    /** Whether this is a page of the console and nothing else. */
    static boolean isLocal(String path) {
        return path.length() <= LONGEST
                && path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }

    /** Whether there is such a zone. */
    static boolean isZone(String name) {
        try {
            return name.length() <= 50 && ZoneId.of(name) != null;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
