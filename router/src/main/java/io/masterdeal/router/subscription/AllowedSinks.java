package io.masterdeal.router.subscription;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where subscriptions may send events: only to what the operator lists. A listed name permits public addresses only; a
 * loopback, private, link-local or multicast address must be listed itself, or its network. Names are resolved again for each
 * connection, and their addresses are checked then. Immutable.
 */
public final class AllowedSinks {

    /** The setting that lists hosts and networks. */
    public static final String SETTING = "masterdeal.router.sinks.allowed";

    /** The setting that lists topics. */
    public static final String TOPICS_SETTING = "masterdeal.router.sinks.topics";

    private static final int HTTP_PORT = 80;

    private static final int HTTPS_PORT = 443;

    private final List<Host> hosts;

    private final List<AllowedNetwork> networks;

    private final List<String> topics;

    private AllowedSinks(List<Host> hosts, List<AllowedNetwork> networks, List<String> topics) {
        this.hosts = List.copyOf(hosts);
        this.networks = List.copyOf(networks);
        this.topics = topics;
    }

    /** A name, {@code *.example.com} or {@code *}; port 0 is any port. */
    private record Host(String name, int port) {
        boolean covers(String host, int at) {
            boolean named = name.equals("*")
                    || name.equals(host)
                    || (name.startsWith("*.") && host.endsWith(name.substring(1)));
            return named && (port == 0 || port == at);
        }
    }

    /**
     * Reads the lists.
     *
     * @param sinks hosts ({@code crm.example.com}, {@code *.example.com}, {@code *} for any), addresses and networks
     *     ({@code 10.1.0.0/16}, {@code [fd00::]/8}), each with {@code :port} or without, separated by commas; may be empty
     * @param topics names of topics, or {@code prefix*}, separated by commas; empty for all that neither Kafka nor the platform
     *     uses
     * @throws IllegalArgumentException if an entry is none of these
     */
    public static AllowedSinks parse(String sinks, String topics) {
        List<Host> hosts = new ArrayList<>();
        List<AllowedNetwork> networks = new ArrayList<>();
        for (String entry : entries(sinks)) {
            AllowedNetwork network = AllowedNetwork.parse(entry);
            if (network != null) {
                networks.add(network);
            } else {
                hosts.add(host(entry));
            }
        }
        return new AllowedSinks(hosts, networks, entries(topics));
    }

    private static List<String> entries(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private static Host host(String entry) {
        String text = entry.toLowerCase(Locale.ROOT);
        if (!text.matches("(\\*|(\\*\\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9])?)(:\\d{1,5})?")) {
            throw new IllegalArgumentException(SETTING + " has '" + entry
                    + "', which is no host, host:port, address or network such as 10.1.0.0/16");
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new Host(text, 0)
                : new Host(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /**
     * Whether events may go to a URL, as far as that is known now: a name that cannot be resolved is checked again when
     * connecting.
     *
     * @return null if they may, otherwise why not
     */
    public @Nullable String refuses(URI url) {
        int port = port(url);
        try {
            resolve(url.getHost(), port);
            return null;
        } catch (RefusedSinkException e) {
            return e.getMessage();
        } catch (UnknownHostException e) {
            return isNamed(url.getHost(), port) ? null : refusal(url.getHost(), port, "it");
        }
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /**
     * Resolves a host in order to connect to it.
     *
     * @return its addresses, all of them allowed
     * @throws RefusedSinkException if any of them is not allowed, because a name with mixed addresses is not trusted
     * @throws UnknownHostException if it has no address
     */
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        String bare = bare(host);
        List<InetSocketAddress> found = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(bare)) {
            boolean listed = networks.stream().anyMatch(it -> it.contains(address, port));
            if (!listed && !(isNamed(bare, port) && AllowedNetwork.isPublic(address))) {
                throw new RefusedSinkException(refusal(bare, port, address.getHostAddress()));
            }
            found.add(new InetSocketAddress(address, port));
        }
        return found;
    }

    private boolean isNamed(String host, int port) {
        String name = bare(host).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return hosts.stream().anyMatch(it -> it.covers(plain, port));
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String refusal(String host, int port, String address) {
        String where = address.equals("it") || address.equals(host)
                ? host + ":" + port
                : host + ":" + port + " (" + address + ")";
        return where + " is not among the sinks that " + SETTING
                + " lists. It lists hosts, host:port and networks such as"
                + " 10.1.0.0/16, separated by commas; addresses that are not public only count if they are listed themselves";
    }

    /** The address of a sink is not allowed. */
    public static final class RefusedSinkException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        RefusedSinkException(String message) {
            super(message);
        }
    }

    /**
     * Whether events may go to a topic, according to the list of topics.
     *
     * @return null if they may, otherwise why not
     */
    public @Nullable String refusesTopic(String topic) {
        if (topic.startsWith("__") || topic.startsWith("masterdeal.") || topic.equals("error.events")) {
            return "must not be a topic of Kafka or of the platform: " + topic;
        }
        boolean listed = topics.isEmpty()
                || topics.stream()
                        .anyMatch(it -> it.endsWith("*")
                                ? topic.startsWith(it.substring(0, it.length() - 1))
                                : it.equals(topic));
        return listed ? null : "is not among the topics that " + TOPICS_SETTING + " lists: " + topic;
    }
}
