package io.masterdeal.router.subscription;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network in CIDR (RFC 4632, RFC 4291), or one address.
 *
 * @param network its address
 * @param prefix how many bits of it are compared
 * @param port 0 for any
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record AllowedNetwork(byte[] network, int prefix, int port) {

    private static final Pattern ENTRY =
            Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*\\]?)(/\\d{1,3})?(:\\d{1,5})?");

    /**
     * Networks that are not public (RFC 6890) and that {@link InetAddress} does not recognise, including those that embed an
     * IPv4 address.
     */
    private static final AllowedNetwork[] SPECIAL = {
        of("0.0.0.0/8"),
        of("100.64.0.0/10"),
        of("192.0.0.0/24"),
        of("192.0.2.0/24"),
        of("198.18.0.0/15"),
        of("198.51.100.0/24"),
        of("203.0.113.0/24"),
        of("240.0.0.0/4"),
        of("::/96"),
        of("64:ff9b::/96"),
        of("64:ff9b:1::/48"),
        of("100::/64"),
        of("2001::/23"),
        of("2001:db8::/32"),
        of("2002::/16"),
        of("fc00::/7")
    };

    private static AllowedNetwork of(String cidr) {
        AllowedNetwork network = parse(cidr);
        if (network == null) {
            throw new IllegalArgumentException(cidr);
        }
        return network;
    }

    /**
     * Reads an entry.
     *
     * @return null if it is a name
     * @throws IllegalArgumentException if it looks like a network but is invalid
     */
    static @Nullable AllowedNetwork parse(String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            return null;
        }
        InetAddress address = InetAddress.ofLiteral(matcher.group(1).replaceAll("[\\[\\]]", ""));
        int bits = address.getAddress().length * 8;
        int prefix = matcher.group(2) == null
                ? bits
                : Integer.parseInt(matcher.group(2).substring(1));
        if (prefix > bits) {
            throw new IllegalArgumentException(
                    AllowedSinks.SETTING + " has '" + entry + "': there are " + bits + " bits, not " + prefix);
        }
        int port =
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3).substring(1));
        return new AllowedNetwork(address.getAddress(), prefix, port);
    }

    boolean contains(InetAddress address, int at) {
        return (port == 0 || port == at) && contains(address.getAddress());
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a public address. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        for (AllowedNetwork special : SPECIAL) {
            if (special.contains(address.getAddress())) {
                return false;
            }
        }
        return address instanceof Inet4Address || (address.getAddress()[0] & 0xe0) == 0x20;
    }
}
