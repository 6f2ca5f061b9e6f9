package io.masterdeal.console.page;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.page.Look.Theme;
import io.masterdeal.console.platform.RuleSetInUse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes the {@link View} of a request. */
public final class Views implements HandlerMethodArgumentResolver {
    /** The cookie with the language: {@code en} or {@code ru}. Without it the browser's languages decide. */
    public static final String LANGUAGE_COOKIE = "language";

    /** The cookie with the time zone, such as {@code Europe/Moscow}. Without it times are in UTC. */
    public static final String ZONE_COOKIE = "zone";

    /** The cookie with the theme: {@code light}, {@code dark} or {@code system}. */
    public static final String THEME_COOKIE = "theme";

    /** The request attribute with the token that forms have to send; absent if none is needed. */
    public static final String CSRF_ATTRIBUTE = "masterdeal.csrf";

    private final Words words;
    private final RuleSetInUse rules;
    private final List<MenuEntry> menu;
    private final Clock clock;

    /**
     * @param words of all screens
     * @param rules what people call stages and statuses
     * @param menu all entries, in any order
     * @param clock tells the instant of a page
     */
    public Views(Words words, RuleSetInUse rules, List<MenuEntry> menu, Clock clock) {
        this.words = words;
        this.rules = rules;
        this.menu =
                menu.stream().sorted(Comparator.comparingInt(MenuEntry::order)).toList();
        this.clock = clock;
    }

    /** The view of a request. */
    public View of(HttpServletRequest request) {
        Person person = request.getAttribute(Person.ATTRIBUTE) instanceof Person known ? known : null;
        List<MenuEntry> visible = person == null
                ? List.of()
                : menu.stream().filter(entry -> person.may(entry.right())).toList();
        String csrf = request.getAttribute(CSRF_ATTRIBUTE) instanceof String token ? token : "";
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        return new View(
                person, look(request), words, rules, visible, request.getServletPath(), query, csrf, clock.instant());
    }

    private static Look look(HttpServletRequest request) {
        return new Look(language(request), zone(request), theme(request));
    }

    private static Language language(HttpServletRequest request) {
        String chosen = cookie(request, LANGUAGE_COOKIE);
        if (chosen != null) {
            return chosen.equals("ru") ? Language.RU : Language.EN;
        }
        return request.getHeader("Accept-Language") != null
                        && request.getLocale().getLanguage().equals("ru")
                ? Language.RU
                : Language.EN;
    }

    private static ZoneId zone(HttpServletRequest request) {
        String chosen = cookie(request, ZONE_COOKIE);
        try {
            return chosen == null ? ZoneOffset.UTC : ZoneId.of(chosen);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC; // A cookie that somebody has changed.
        }
    }

    private static Theme theme(HttpServletRequest request) {
        String chosen = cookie(request, THEME_COOKIE);
        for (Theme theme : Theme.values()) {
            if (theme.tag().equals(chosen == null ? null : chosen.toLowerCase(Locale.ROOT))) {
                return theme;
            }
        }
        return Theme.SYSTEM;
    }

    private static @Nullable String cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == View.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
        if (servlet == null) {
            throw new IllegalStateException("pages are made for HTTP requests only");
        }
        return of(servlet);
    }
}
