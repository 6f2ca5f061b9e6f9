package io.masterdeal.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The TCP ports on which some processes listen, from Linux (proc(5), {@code /proc/net/tcp} and {@code /proc/PID/fd}).
 *
 * @param onLoopback ports that this machine alone reaches
 * @param beyondLoopback addresses and ports, in hexadecimal, that others may reach
 */
record ListeningSockets(Set<Integer> onLoopback, List<String> beyondLoopback) {

    private static final String LISTEN = "0A";

    static ListeningSockets of(Collection<ProcessHandle> processes) throws IOException {
        Set<String> inodes = new HashSet<>();
        for (ProcessHandle process : processes) {
            inodes.addAll(sockets(process));
        }
        ListeningSockets found = new ListeningSockets(new TreeSet<>(), new ArrayList<>());
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                Files.readAllLines(Path.of(table)).stream().skip(1).forEach(line -> found.add(line, inodes));
            }
        }
        return found;
    }

    private void add(String line, Set<String> inodes) {
        String[] fields = line.strip().split("\\s+", -1);
        if (!fields[3].equals(LISTEN) || !inodes.contains(fields[9])) {
            return;
        }
        int colon = fields[1].indexOf(':');
        if (isLoopback(fields[1].substring(0, colon))) {
            onLoopback.add(Integer.parseInt(fields[1].substring(colon + 1), 16));
        } else {
            beyondLoopback.add(fields[1]);
        }
    }

    /** Words of four bytes in the byte order of the machine: 127.x.y.z, the same mapped into IPv6, or ::1. */
    private static boolean isLoopback(String address) {
        return switch (address.length()) {
            case 8 -> address.endsWith("7F");
            case 32 ->
                address.equals("00000000000000000000000001000000")
                        || (address.startsWith("0000000000000000FFFF0000") && address.endsWith("7F"));
            default -> false;
        };
    }

    private static Set<String> sockets(ProcessHandle process) throws IOException {
        Set<String> inodes = new HashSet<>();
        Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
        if (!Files.isReadable(descriptors)) {
            return inodes; // The process has ended meanwhile.
        }
        try (Stream<Path> files = Files.list(descriptors)) {
            for (Path file : files.toList()) {
                String target = Files.isSymbolicLink(file)
                        ? Files.readSymbolicLink(file).toString()
                        : "";
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }
}
