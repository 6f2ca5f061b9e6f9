package io.masterdeal.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends what no decent client would send, and reads what comes back as it is. */
final class RawHttp {
    private RawHttp() {}

    /** The whole answer to a request, until the server closes the connection. */
    static String send(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The answer to a GET of exactly this target. */
    static String get(RunningGateway gateway, String principal, String target, String... headers) throws IOException {
        return send(
                gateway.port(),
                "GET " + target + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + gateway.key(principal)
                        + "\r\n"
                        + String.join(
                                "",
                                Arrays.stream(headers).map(it -> it + "\r\n").toList())
                        + (String.join("", headers).contains("Connection:") ? "" : "Connection: close\r\n") + "\r\n");
    }
}
