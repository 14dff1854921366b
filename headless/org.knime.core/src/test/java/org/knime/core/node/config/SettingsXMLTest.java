package org.knime.core.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.base.ConfigEntries;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SettingsXMLTest {

    /** Files that KNIME 5.12 saved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain/workflow.knime",
                "plain/modern-pass.xml",
                "plain/classic-pass.xml",
                "plain/spec.xml",
                "portobject/use-po.xml"
            })
    void writesWhatKnimeWroteByteForByte(final String file) throws IOException {
        final byte[] saved;
        try (InputStream in = getClass().getResourceAsStream("/samples/" + file)) {
            saved = in.readAllBytes();
        }

        final NodeSettings settings = read(saved);

        assertThat(new String(write(settings), StandardCharsets.UTF_8))
                .isEqualTo(new String(saved, StandardCharsets.UTF_8));
    }

    @Test
    void readsTypesNullsAndArrays() throws Exception {
        final NodeSettings settings = sample("plain/modern-pass.xml");

        assertThat(settings.getKey()).isEqualTo("settings.xml");
        assertThat(settings.getString("factory")).isEqualTo("toy.ext.ModernPassNodeFactory");
        assertThat(settings.getString("customDescription")).isNull();
        assertThat(settings.getEntry("hasContent").getType()).isEqualTo(ConfigEntries.xboolean);
        assertThat(settings.getNodeSettings("ports").getNodeSettings("port_1").getInt("index"))
                .isEqualTo(1);
        assertThat(settings.getNodeSettings("node_creation_config").keySet()).containsExactly("In", "Out");
        final NodeSettings bounds = sample("plain/workflow.knime")
                .getNodeSettings("nodes")
                .getNodeSettings("node_2")
                .getNodeSettings("ui_settings");
        assertThat(bounds.getIntArray("extrainfo.node.bounds", 0)).containsExactly(200, 100, -1, -1);
    }

    @Test
    void keepsEveryTypeOfEntry() throws Exception {
        final NodeSettings settings = new NodeSettings("root");
        settings.addInt("int", -3);
        settings.addLong("long", Long.MIN_VALUE);
        settings.addDouble("double", 1e-300);
        settings.addDouble("nan", Double.NaN);
        settings.addBoolean("boolean", true);
        settings.addString("null", null);
        settings.addIntArray("ints", 1, 2);
        settings.addEntry(ConfigEntries.xfloat.createEntry("float", "0.50"));
        settings.addEntry(ConfigEntries.xshort.createEntry("short", "7"));
        settings.addEntry(ConfigEntries.xbyte.createEntry("byte", "-1"));
        settings.addEntry(ConfigEntries.xchar.createEntry("char", "x"));
        settings.addEntry(ConfigEntries.xpassword.createEntry("password", "encrypted"));

        final NodeSettings copy = read(write(settings));

        assertThat(copy.isIdentical(settings)).isTrue();
        assertThat(copy.getDouble("nan")).isNaN();
        assertThat(copy.getIntArray("ints", 0)).containsExactly(1, 2);
        assertThat(copy.getIntArray("absent", 3)).containsExactly(3);
        assertThat(copy.getEntry("float").toStringValue()).isEqualTo("0.5");
        assertThat(copy.getBoolean("boolean", false)).isTrue();
        assertThat(copy.getString("null", "default")).isNull();
    }

    @Test
    void keepsEveryCharacter() throws Exception {
        final String controls =
                IntStream.range(1, 0xa0).mapToObj(Character::toString).collect(Collectors.joining());
        final String text = controls + "a\nb %% %%00010 %%%x & < > \" ' \ud7ff\ue000\ufffd \ud83d\ude00 \u2028 \u00e4";
        final NodeSettings settings = new NodeSettings("root");
        settings.addString("text", text);

        final byte[] xml = write(settings);

        assertThat(read(xml).getString("text")).isEqualTo(text);
        assertThat(new String(xml, StandardCharsets.UTF_8)).contains("a%%00010b %%00037% %%00037%00010 ");
    }

    /** The expected text comes from the serializer of the Java runtime. */
    @Test
    void escapesAttributesAsTheJavaRuntimeDoes() throws Exception {
        final String text = "a & < > \" ' \u007f\u0085\u00e4\u20ac\u2028\ud7ff";
        final NodeSettings settings = new NodeSettings("root");
        settings.addString("text", text);

        final String xml = new String(write(settings), StandardCharsets.UTF_8);

        assertThat(xml).contains(" value=" + attributeByJavaRuntime(text) + "/>");
    }

    private static String attributeByJavaRuntime(final String value) throws Exception {
        final Document document = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .newDocument();
        final Element element = document.createElement("e");
        element.setAttribute("v", value);
        final Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(element), new StreamResult(out));
        final String xml = out.toString(StandardCharsets.UTF_8);
        return xml.substring("<e v=".length(), xml.length() - "/>".length());
    }

    @Test
    void namesTheKeyThatIsMissingOrOfAnotherType() {
        final NodeSettings settings = new NodeSettings("model");
        settings.addInt("steps", 3);

        assertThatThrownBy(() -> settings.getInt("epochs"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll("epochs", "model");
        assertThatThrownBy(() -> settings.getString("steps")).isInstanceOf(InvalidSettingsException.class);
        assertThatThrownBy(() -> settings.getNodeSettings("steps")).isInstanceOf(InvalidSettingsException.class);
        assertThat(settings.getInt("epochs", 7)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<config key='a'>\n<entry key='b' type='xint' value='x'/>\n</config>",
                "<config key='a'>\n<entry key='b' type='nothing' value='1'/>\n</config>",
                "<config key='a'>\n<entry type='xint' value='1'/>\n</config>",
                "<config key='a'>\n<other key='b'/>\n</config>",
                "<config key='a'>\n<entry key='b' type='xint' value='1'>\n</config>"
            })
    void namesTheLineOfBrokenXml(final String xml) {
        assertThatThrownBy(() -> read(xml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("(?s)Line [23], column \\d+: .*");
    }

    @Test
    void readsNoExternalEntity() {
        final String xml = "<!DOCTYPE config SYSTEM \"file:///etc/passwd\"><config key='a'/>";

        assertThatThrownBy(() -> read(xml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("external entities");
    }

    private NodeSettings sample(final String file) throws IOException {
        return (NodeSettings) NodeSettings.loadFromXML(getClass().getResourceAsStream("/samples/" + file));
    }

    private static NodeSettings read(final byte[] xml) throws IOException {
        return (NodeSettings) NodeSettings.loadFromXML(new ByteArrayInputStream(xml));
    }

    private static byte[] write(final NodeSettings settings) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        return out.toByteArray();
    }
}
