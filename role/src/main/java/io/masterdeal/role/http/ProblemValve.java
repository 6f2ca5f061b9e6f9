package io.masterdeal.role.http;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Writes a problem document where Tomcat would write an HTML page: for requests too broken to reach the application.
 *
 * <p>Tomcat creates it, by its class name and without arguments.
 */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var possible = new AtomicBoolean(false);
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, possible);
        if (!possible.get()) {
            return;
        }
        try {
            response.setContentType(JsonAnswer.PROBLEM);
            response.setCharacterEncoding("utf-8");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(document(status, request).toJson().toString());
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("a problem document could not be written", e);
        }
    }

    /** Tomcat refuses a path that is not UTF-8, but does not say where. */
    private static ProblemDocument document(int status, Request request) {
        String path = request.getRequestURI();
        String fault = status == 400 && path != null ? UrlFilter.fault("path", path) : null;
        return fault == null ? ErrorAnswers.document(status) : ErrorAnswers.document(status, fault);
    }
}
