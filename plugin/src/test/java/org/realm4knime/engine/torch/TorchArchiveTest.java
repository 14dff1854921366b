package org.realm4knime.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class TorchArchiveTest {

    @Test
    void holdsTheFourEntriesOfAModule() throws IOException {
        Map<String, byte[]> entries = entries(TorchArchive.build("Program", "class Program(Module):\n"));

        assertThat(entries)
                .containsOnlyKeys(
                        "program/data.pkl", "program/code/__torch__.py", "program/constants.pkl", "program/version");
        assertThat(text(entries, "program/code/__torch__.py")).isEqualTo("class Program(Module):\n");
        assertThat(text(entries, "program/version")).isEqualTo("10\n");
        assertThat(entries.get("program/constants.pkl")).containsExactly(0x80, 2, ')', '.');
    }

    /** Expected bytes: by hand from the pickle protocol 2 (opcodes listed in Python's pickletools). */
    @Test
    void picklesAnObjectWithTrainingSet() throws IOException {
        byte[] pickle = entries(TorchArchive.build("Program", "")).get("program/data.pkl");

        String body = new String(pickle, 2, pickle.length - 2, StandardCharsets.ISO_8859_1);
        assertThat(pickle).startsWith(0x80, 2);
        assertThat(body).isEqualTo("c__torch__\nProgram\n)\u0081}(X\u0008\0\0\0training\u0088ub.");
    }

    @Test
    void storesEntriesUncompressed() throws IOException {
        byte[] archive = TorchArchive.build("Program", "a".repeat(1000));

        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getMethod()).as(entry.getName()).isEqualTo(ZipEntry.STORED);
            }
        }
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static String text(Map<String, byte[]> entries, String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }
}
