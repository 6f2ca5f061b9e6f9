package io.masterdeal.role.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request whose body has already been read. */
final class ReadRequest extends HttpServletRequestWrapper {
    private final byte[] body;
    private final BodyStream stream;
    private final Map<String, String[]> parameters;

    /**
     * @param body what was read
     * @param fields those of the body, if it is a form; they come after those of the address
     */
    ReadRequest(HttpServletRequest request, byte[] body, Map<String, List<String>> fields) {
        super(request);
        this.body = body;
        this.stream = new BodyStream(body);
        this.parameters = fields.isEmpty() ? Map.of() : together(request.getParameterMap(), fields);
    }

    private static Map<String, String[]> together(Map<String, String[]> address, Map<String, List<String>> fields) {
        Map<String, String[]> all = new LinkedHashMap<>(address);
        fields.forEach((name, values) -> all.merge(
                name,
                values.toArray(String[]::new),
                (first, then) -> Stream.of(first, then).flatMap(Arrays::stream).toArray(String[]::new)));
        return Collections.unmodifiableMap(all);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parameters.isEmpty() ? super.getParameterMap() : parameters;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public ServletInputStream getInputStream() {
        return stream;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    private static final class BodyStream extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        BodyStream(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body has already been read");
        }
    }
}
