package io.masterdeal.role.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP server of a role, with one endpoint that returns the length of a body, and short timeouts. */
final class RunningServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningServer start(Map<String, Object> more) {
        var settings = new HashMap<String, Object>();
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.threads.virtual.enabled", "true");
        settings.put("spring.jmx.enabled", "false");
        settings.put("spring.mvc.problemdetails.enabled", "true");
        settings.put("management.endpoint.health.show-components", "always");
        settings.put("management.endpoint.health.show-details", "always");
        settings.putAll(more);
        return new RunningServer(
                new SpringApplicationBuilder(Role.class).properties(settings).run());
    }

    int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    Socket open() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Sends a request on a connection of its own, and returns all that arrives until its end. */
    String send(String request) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The answer to a GET. */
    String get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    @Override
    public void close() {
        context.close();
    }

    /** The smallest role there can be. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(HttpServerConfiguration.class)
    static class Role {
        @Bean
        Echo echo() {
            return new Echo();
        }
    }

    /** Returns the length of the body and the query. */
    @RestController
    static final class Echo {
        @RequestMapping("/echo")
        String echo(HttpServletRequest request, @RequestParam(defaultValue = "") String q) throws IOException {
            return request.getInputStream().readAllBytes().length + " bytes " + q;
        }

        @RequestMapping("/limited")
        int limited(@RequestParam int limit) {
            return Page.limit(limit);
        }
    }
}
