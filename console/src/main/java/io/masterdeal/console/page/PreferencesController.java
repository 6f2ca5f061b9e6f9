package io.masterdeal.console.page;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Keeps language, time zone and theme in cookies of the browser, and goes back to the page. What it does not know it leaves as it is. */
@Controller
class PreferencesController {

    private static final Duration KEPT = Duration.ofDays(365);

    @Requires(Right.VIEWER)
    @PostMapping("/preferences")
    ResponseEntity<Void> choose(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String zone,
            @RequestParam(defaultValue = "") String theme,
            @RequestParam(defaultValue = "/") String back) {
        HttpHeaders headers = new HttpHeaders();
        if (Arrays.stream(Language.values()).anyMatch(known -> known.tag().equals(language))) {
            keep(headers, request, Views.LANGUAGE_COOKIE, language);
        }
        if (Arrays.stream(Look.Theme.values()).anyMatch(known -> known.tag().equals(theme))) {
            keep(headers, request, Views.THEME_COOKIE, theme);
        }
        if (Preferences.isZone(zone)) {
            keep(headers, request, Views.ZONE_COOKIE, zone);
        }
        headers.setLocation(URI.create(Optional.of(back)
                .filter(Preferences::isLocal)
                .filter(PreferencesController::isUri)
                .orElse("/")));
        return new ResponseEntity<>(headers, HttpStatus.SEE_OTHER);
    }

    private static boolean isUri(String path) {
        try {
            return !URI.create(path).isAbsolute();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void keep(HttpHeaders headers, HttpServletRequest request, String name, String value) {
        headers.add(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path("/")
                        .maxAge(KEPT)
                        .sameSite("Lax")
                        .secure(request.isSecure())
                        .httpOnly(true)
                        .build()
                        .toString());
    }
}
