package org.realm4knime.headless.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.NodeSettings;

class DigestTest {

    @TempDir
    private Path temp;

    private static byte[] zip(long time, String name, byte[] content, String name2, byte[] content2)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(entry(name, time));
            zip.write(content);
            zip.putNextEntry(entry(name2, time));
            zip.write(content2);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry entry(String name, long time) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        return entry;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A port object as it is kept: keys of its file stores, and an archive with its spec. */
    private String portObject(long time, String keys, String spec) throws IOException {
        byte[] inner = zip(time, "content.xml", text(spec), "more", text("more"));
        Path file = temp.resolve("object.zip");
        Files.write(file, zip(time, "content.xml", text(keys), "objectSpec.file", inner));
        return new Digest().addArchive(file).toString();
    }

    @Test
    void timesAndFileStoreKeysDoNotCount() throws IOException {
        assertThat(portObject(1_000_000_000_000L, "key 1", "spec"))
                .isEqualTo(portObject(1_700_000_000_000L, "key 2", "spec"));
    }

    @Test
    void contentCountsAtEveryDepth() throws IOException {
        assertThat(portObject(1_000_000_000_000L, "key", "name: base"))
                .isNotEqualTo(portObject(1_000_000_000_000L, "key", "name: other"));
    }

    @Test
    void textsDoNotRunTogether() {
        assertThat(new Digest().add("ab").add("c").toString())
                .isNotEqualTo(new Digest().add("a").add("bc").toString());
    }

    @Test
    void keysTypesAndValuesOfSettingsCount() {
        NodeSettings one = new NodeSettings("x");
        one.addInt("a", 1);
        NodeSettings other = new NodeSettings("x");
        other.addString("a", "1");
        NodeSettings nested = new NodeSettings("x");
        nested.addNodeSettings("a").addInt("1", 1);

        assertThat(new String[] {
                    new Digest().add(one).toString(),
                    new Digest().add(other).toString(),
                    new Digest().add(nested).toString(),
                })
                .doesNotHaveDuplicates();
    }
}
