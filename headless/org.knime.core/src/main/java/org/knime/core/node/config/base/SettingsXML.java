package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * KNIME's settings XML, byte for byte as KNIME 5 writes it: four blanks of indent, one element a line, attributes in
 * the order key, type, isnull, value. Characters that XML attributes cannot keep (below 32, above U+D7FF, and the
 * first of two per cent signs) are written as %% and five decimal digits.
 */
final class SettingsXML {

    private static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NAMESPACES = " xmlns=\"http://www.knime.org/2008/09/XMLConfig\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:schemaLocation=\"http://www.knime.org/2008/09/XMLConfig"
            + " http://www.knime.org/XMLConfig_2008_09.xsd\"";
    private static final Pattern ESCAPED = Pattern.compile("%%(\\d{5})");

    private SettingsXML() {}

    static void write(final ConfigBase config, final OutputStream out) throws IOException {
        try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            final StringBuilder xml = new StringBuilder(HEADER);
            appendConfig(xml, config, NAMESPACES, "");
            writer.append(xml);
        }
    }

    private static void appendConfig(
            final StringBuilder xml, final ConfigBase config, final String namespaces, final String indent) {
        xml.append(indent).append("<config").append(namespaces);
        appendAttribute(xml, "key", config.getKey());
        if (config.keySet().isEmpty()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        for (final String key : config.keySet()) {
            final AbstractConfigEntry entry = config.getEntry(key);
            if (entry instanceof ConfigBase child) {
                appendConfig(xml, child, "", indent + "    ");
            } else {
                appendEntry(xml, entry, indent + "    ");
            }
        }
        xml.append(indent).append("</config>\n");
    }

    private static void appendEntry(final StringBuilder xml, final AbstractConfigEntry entry, final String indent) {
        final String value = entry.toStringValue();
        xml.append(indent).append("<entry");
        appendAttribute(xml, "key", entry.getKey());
        appendAttribute(xml, "type", entry.getType().name());
        if (value == null) {
            appendAttribute(xml, "isnull", "true");
        }
        appendAttribute(xml, "value", value == null ? "" : escape(value));
        xml.append("/>\n");
    }

    private static void appendAttribute(final StringBuilder xml, final String name, final String value) {
        xml.append(' ').append(name).append("=\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\n', '\r', '\t' -> xml.append("&#").append(c).append(';');
                default -> xml.appendCodePoint(c);
            }
        });
        xml.append('"');
    }

    private static String escape(final String value) {
        final StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            final boolean twoPerCents = c == '%' && i + 1 < value.length() && value.charAt(i + 1) == '%';
            if (c < ' ' || c > '\ud7ff' || twoPerCents) {
                escaped.append(String.format("%%%%%05d", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(final String value) {
        return ESCAPED.matcher(value)
                .replaceAll(m -> Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(m.group(1)))));
    }

    static void read(final ConfigBase config, final InputStream in) throws IOException, SAXException {
        try {
            final SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.newSAXParser().parse(in, new Handler(config));
        } catch (final ParserConfigurationException e) {
            throw new IllegalStateException("The Java runtime has no XML parser", e);
        } catch (final SAXParseException e) {
            throw new SAXException(
                    String.format("Line %d, column %d: %s", e.getLineNumber(), e.getColumnNumber(), e.getMessage()), e);
        }
    }

    private static final class Handler extends DefaultHandler {

        private final Deque<ConfigBase> m_open = new ArrayDeque<>();
        private final ConfigBase m_root;
        private Locator m_locator;

        Handler(final ConfigBase root) {
            m_root = root;
        }

        @Override
        public void setDocumentLocator(final Locator locator) {
            m_locator = locator;
        }

        @Override
        public InputSource resolveEntity(final String publicId, final String systemId) throws SAXException {
            throw failure("external entities are not allowed: " + systemId);
        }

        @Override
        public void startElement(
                final String uri, final String localName, final String name, final Attributes attributes)
                throws SAXException {
            final String key = attributes.getValue("key");
            if (key == null || key.isEmpty()) {
                throw failure("element <" + name + "> has no attribute key");
            }
            if ("config".equals(name)) {
                if (m_open.isEmpty()) {
                    m_root.setKey(key);
                    m_open.push(m_root);
                } else {
                    m_open.push(m_open.peek().addConfigBase(key));
                }
            } else if ("entry".equals(name) && !m_open.isEmpty()) {
                m_open.peek().addEntry(entry(key, attributes));
            } else {
                throw failure("element <" + name + "> is not expected here");
            }
        }

        private AbstractConfigEntry entry(final String key, final Attributes attributes) throws SAXException {
            final String type = attributes.getValue("type");
            final String value = attributes.getValue("value");
            try {
                final boolean isNull = value == null || "true".equals(attributes.getValue("isnull"));
                return ConfigEntries.valueOf(type).createEntry(key, isNull ? null : unescape(value));
            } catch (final RuntimeException e) {
                throw failure(String.format("entry \"%s\" of type %s cannot hold \"%s\"", key, type, value));
            }
        }

        @Override
        public void endElement(final String uri, final String localName, final String name) {
            if ("config".equals(name)) {
                m_open.pop();
            }
        }

        @Override
        public void error(final SAXParseException e) throws SAXException {
            throw e;
        }

        private SAXException failure(final String message) {
            return new SAXParseException(message, m_locator);
        }
    }
}
