package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.knime.core.node.NodeSettings;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.WholeFile;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Settings trees in KNIME's XML format, with errors that name the file, line and column. */
final class SettingsXml {

    private SettingsXml() {}

    /**
     * @param file a settings file
     * @return its tree
     * @throws WorkflowException if the file is missing, cannot be read or is broken
     */
    static NodeSettings read(Path file) throws WorkflowException {
        if (!Files.isRegularFile(file)) {
            throw new WorkflowException("Missing file " + file + "; restore it or save the workflow again in KNIME.");
        }
        checkWellFormed(file);
        try (InputStream in = Files.newInputStream(file)) {
            return (NodeSettings) NodeSettings.loadFromXML(in);
        } catch (IOException | RuntimeException e) {
            throw new WorkflowException(file + " is not a KNIME settings file: " + e.getMessage(), e);
        }
    }

    /** KNIME's reader loses the position of an error, so the file is looked through once before. */
    private static void checkWellFormed(Path file) throws WorkflowException {
        try (InputStream in = Files.newInputStream(file)) {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            // KNIME writes no document type, and without one there are no entities to expand or to fetch
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(in, new ShapeCheck());
        } catch (SAXParseException e) {
            throw new WorkflowException(
                    "%s, line %d, column %d: broken XML: %s Repair the file or save the workflow again in KNIME."
                            .formatted(file, e.getLineNumber(), e.getColumnNumber(), sentence(e.getMessage())),
                    e);
        } catch (IOException e) {
            throw new WorkflowException("Cannot read %s: %s.".formatted(file, IoReason.of(e)), e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new WorkflowException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /**
     * @param settings the tree
     * @param file where to, replaced if there
     */
    static void write(NodeSettings settings, Path file) throws IOException {
        WholeFile.write(file, (WritableByteChannel channel) -> {
            try (OutputStream out = WholeFile.stream(channel)) {
                settings.saveToXML(out);
            }
        });
    }

    /** Keeps the parser from printing to the console, and refuses what is nested deeper than any settings are. */
    private static final class ShapeCheck extends DefaultHandler {

        private static final int DEEPEST = 200;

        private Locator locator;
        private int depth;

        @Override
        public void setDocumentLocator(Locator given) {
            locator = given;
        }

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
            if (++depth > DEEPEST) {
                throw new SAXParseException("more than " + DEEPEST + " elements are nested.", locator);
            }
        }

        @Override
        public void endElement(String uri, String localName, String name) {
            depth--;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
