package io.masterdeal.console.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A page or a part of one, made from a template: what a controller's method returns. It is written only when it is whole, so that a fault in
 * a template is an error and not half a page.
 */
public final class Html implements org.springframework.web.servlet.View {

    private static final TemplateEngine ENGINE = engine();

    private final String template;
    private final Map<String, Object> values;
    private final HttpStatus status;

    private Html(String template, Map<String, Object> values, HttpStatus status) {
        this.template = template;
        this.values = values;
        this.status = status;
    }

    private static TemplateEngine engine() {
        TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
        engine.setBinaryStaticContent(false);
        return engine;
    }

    /**
     * A page.
     *
     * @param template its path below {@code jte}, with {@code .jte}
     * @param view becomes the template's parameter {@code view}
     * @param values the template's other parameters by name
     */
    public static Html page(String template, View view, Map<String, ?> values) {
        return page(template, view, values, HttpStatus.OK);
    }

    /** A page with another status than 200. */
    public static Html page(String template, View view, Map<String, ?> values, HttpStatus status) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("view", view);
        return new Html(template, all, status);
    }

    /** The text of the page. */
    public String text() {
        var output = new gg.jte.output.StringOutput();
        ENGINE.render(template, values, output);
        return output.toString();
    }

    @Override
    public String getContentType() {
        return "text/html;charset=UTF-8";
    }

    @Override
    public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Utf8ByteOutput output = new Utf8ByteOutput();
        ENGINE.render(template, values, output);
        response.setStatus(status.value());
        response.setContentType(getContentType());
        response.setContentLength(output.getContentLength());
        output.writeTo(response.getOutputStream());
    }
}
