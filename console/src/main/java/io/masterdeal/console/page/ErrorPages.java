package io.masterdeal.console.page;

import io.masterdeal.role.http.JsonAnswer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Shows people a page for what controllers throw, and for what fails outside of them. */
@Controller
class ErrorPages implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

    private static final int LONGEST_VALUE = 100;

    private final Views views;

    ErrorPages(Views views) {
        this.views = views;
    }

    /** Before those that write problem documents. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (exception instanceof HasPage
                || !ErrorPage.isForPerson(request)
                || response.isCommitted()
                || request.getDispatcherType() == DispatcherType.ERROR) {
            return null;
        }
        int status = status(exception);
        if (status >= 500) {
            log.error("{} {} failed", request.getMethod(), request.getServletPath(), exception);
        }
        return new ModelAndView(ErrorPage.of(views.of(request), status, detail(exception)));
    }

    private static int status(Exception exception) {
        return switch (exception) {
            case ErrorResponse known -> known.getStatusCode().value();
            case TypeMismatchException _, HttpMessageNotReadableException _ -> 400;
            default -> 500;
        };
    }

    /** What is told of it, in English: that there is nothing is said by the page itself. */
    private static String detail(Exception exception) {
        String detail = switch (exception) {
            case ErrorResponse known
            when known.getStatusCode().value() != 404 -> known.getBody().getDetail();
            case TypeMismatchException wrong ->
                "'" + wrong.getPropertyName() + "' cannot be '" + shortened(wrong.getValue()) + "'.";
            default -> null;
        };
        return detail == null ? "" : detail;
    }

    private static String shortened(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    /** Failures outside of controllers, such as a fault in a template; the container has logged them. */
    @RequestMapping(path = "${server.error.path:/error}", produces = "text/html")
    void failed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer number ? number : 404;
        if (ErrorPage.isForPerson(request)) {
            ErrorPage.of(views.of(request), status, "").render(null, request, response);
        } else {
            JsonAnswer.of(ErrorPage.document(status)).writeTo(response);
        }
    }
}
