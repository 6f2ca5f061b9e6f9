package io.masterdeal.sandbox.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Parts of request paths. */
final class Paths {
    private static final Pattern NOTIFICATIONS = Pattern.compile("/(legal|crm|task|context)/notifications");

    private Paths() {}

    /** Whether a request is a notification. It is authenticated by its signature, and no faults are injected into it. */
    static boolean isNotification(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && NOTIFICATIONS.matcher(request.getServletPath()).matches();
    }

    /** The text between the first slash and the second. */
    static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    }
}
