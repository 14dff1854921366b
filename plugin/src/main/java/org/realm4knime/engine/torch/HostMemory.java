package org.realm4knime.engine.torch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** How much memory of the computer this process may still take. */
public final class HostMemory {

    private static final Path PROC = Path.of("/proc/meminfo");
    private static final Path CONTROL_GROUP = Path.of("/sys/fs/cgroup");

    private HostMemory() {}

    /**
     * Memory that is free, or that the system would free by dropping cached files, within the limit of the container if
     * there is one.
     *
     * @return bytes, or empty where the system does not tell
     */
    public static OptionalLong available() {
        return available(PROC, CONTROL_GROUP);
    }

    static OptionalLong available(Path meminfo, Path controlGroup) {
        OptionalLong host = Files.isReadable(meminfo) ? line(meminfo, "MemAvailable:", 1024) : freeByJava();
        OptionalLong limit = number(controlGroup.resolve("memory.max"));
        OptionalLong used = number(controlGroup.resolve("memory.current"));
        if (host.isEmpty() || limit.isEmpty() || used.isEmpty()) {
            return host;
        }
        long cached =
                line(controlGroup.resolve("memory.stat"), "inactive_file", 1).orElse(0);
        long within = Math.max(0, limit.getAsLong() - used.getAsLong() + cached);
        return OptionalLong.of(Math.min(host.getAsLong(), within));
    }

    private static OptionalLong freeByJava() {
        try {
            Object free = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "FreeMemorySize");
            return OptionalLong.of((Long) free);
        } catch (JMException | ClassCastException e) {
            return OptionalLong.empty();
        }
    }

    /** The number after a key at the beginning of a line. */
    private static OptionalLong line(Path file, String key, long unit) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(key.length()).trim().split(" ")[0]) * unit)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The only number of a file; a group without limit says "max". */
    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).trim()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
