package io.masterdeal.console;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** What a handler has written: status, headers and body. */
@NullMarked
public final class RecordedResponse {

    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;

    /** What a handler writes to. */
    public HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (_, method, arguments) -> called(method, arguments));
    }

    private @Nullable Object called(Method method, Object[] arguments) {
        switch (method.getName()) {
            case "setStatus" -> status = (Integer) arguments[0];
            case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
            case "getOutputStream" -> {
                return new Recorder();
            }
            default -> throw new UnsupportedOperationException(method.getName());
        }
        return null;
    }

    public int status() {
        return status;
    }

    public @Nullable String location() {
        return headers.get("Location");
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private final class Recorder extends ServletOutputStream {
        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
