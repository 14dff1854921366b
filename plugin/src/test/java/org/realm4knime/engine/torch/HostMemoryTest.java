package org.realm4knime.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {

    @TempDir
    private Path folder;

    private Path meminfo;

    @BeforeEach
    void writeMeminfo() throws IOException {
        meminfo = Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal:       24000000 kB\nMemFree:  1000 kB\nMemAvailable:   2000000 kB\n");
    }

    @Test
    void isWhatTheSystemCouldFree() {
        assertThat(HostMemory.available(meminfo, folder)).hasValue(2_048_000_000L);
    }

    @Test
    void staysWithinTheContainer() throws IOException {
        Files.writeString(folder.resolve("memory.max"), "1000000000\n");
        Files.writeString(folder.resolve("memory.current"), "700000000\n");
        assertThat(HostMemory.available(meminfo, folder)).hasValue(300_000_000L);

        Files.writeString(folder.resolve("memory.stat"), "anon 500000000\ninactive_file 150000000\n");
        assertThat(HostMemory.available(meminfo, folder)).hasValue(450_000_000L);

        Files.writeString(folder.resolve("memory.max"), "max\n");
        assertThat(HostMemory.available(meminfo, folder)).hasValue(2_048_000_000L);
    }

    @Test
    void asksJavaWhereTheSystemHasNoSuchFile() {
        assertThat(HostMemory.available(folder.resolve("none"), folder).orElseThrow())
                .isPositive();
    }

    @Test
    void knowsThisComputer() {
        assertThat(HostMemory.available().orElseThrow()).isPositive();
    }
}
