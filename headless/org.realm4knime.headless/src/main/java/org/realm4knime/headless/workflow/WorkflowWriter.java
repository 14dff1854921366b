package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Entities;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.base.AbstractConfigEntry;
import org.realm4knime.engine.WholeFile;

/**
 * Writes a workflow as KNIME saves one without its results: settings and everything else that the workflow's folder
 * holds stay, the data at the ports, the messages and the internals of nodes go, and every node becomes configured.
 */
public final class WorkflowWriter {

    private static final String SETTINGS_FILE = "settings.xml";

    /** What KNIME writes into an executed node's settings and not into those of a configured one. */
    private static final Set<String> RESULT_KEYS = Set.of("nodecontainer_message", "internalObjects");

    private final Workflow workflow;
    private final Path target;

    private WorkflowWriter(Workflow workflow, Path target) {
        this.workflow = workflow;
        this.target = target;
    }

    /**
     * @param workflow what to write, with its settings as they are now
     * @param target a folder that does not exist yet, or is empty
     * @throws WorkflowException if it holds something
     * @throws IOException if it cannot be written
     */
    public static void write(Workflow workflow, Path target) throws WorkflowException, IOException {
        Path folder = target.toAbsolutePath().normalize();
        if (Files.exists(folder) && (!Files.isDirectory(folder) || !isEmpty(folder))) {
            throw new WorkflowException(target + " exists already; name a new folder.");
        }
        new WorkflowWriter(workflow, folder).write();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /**
     * Writes a workflow over an earlier version of itself: the folders of the nodes it had go, files that are no part
     * of KNIME's format, such as the data area, stay.
     *
     * @param workflow what to write; not read from the target
     * @param target a folder; it may be missing
     * @throws WorkflowException if the workflow that is there cannot be read
     * @throws IOException if it cannot be written
     */
    public static void replace(Workflow workflow, Path target) throws WorkflowException, IOException {
        Path folder = target.toAbsolutePath().normalize();
        if (Files.isRegularFile(folder.resolve(WorkflowReader.WORKFLOW_FILE))) {
            for (WorkflowNode node : WorkflowReader.read(folder).nodes()) {
                FolderTree.delete(folder.resolve(settingsFile(node)).getParent());
            }
        }
        new WorkflowWriter(workflow, folder).write();
    }

    private void write() throws IOException {
        Files.createDirectories(target);
        if (workflow.folder() == null) {
            writeDescription();
        } else {
            copyOtherFiles();
        }
        NodeSettings settings = copy(workflow.settings(), Set.of());
        settings.addString("state", "CONFIGURED");
        SettingsXml.write(settings, target.resolve(WorkflowReader.WORKFLOW_FILE));
        for (WorkflowNode node : workflow.nodes()) {
            Path file = target.resolve(settingsFile(node));
            Files.createDirectories(file.getParent());
            SettingsXml.write(withoutResults(node), file);
        }
    }

    private static String settingsFile(WorkflowNode node) {
        return node.entry().getString("node_settings_file", node.displayName() + "/" + SETTINGS_FILE);
    }

    /** The data area and the workflow's own descriptions; not the nodes' folders, and no locks. */
    private void copyOtherFiles() throws IOException {
        Set<Path> nodeFolders = new HashSet<>();
        workflow.nodes()
                .forEach(n -> nodeFolders.add(
                        workflow.folder().resolve(settingsFile(n)).getParent()));
        Files.walkFileTree(workflow.folder(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                if (nodeFolders.contains(dir) || dir.equals(target)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(target.resolve(workflow.folder().relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (!Set.of(".savedWithData", ".knimeLock", WorkflowReader.WORKFLOW_FILE)
                        .contains(name)) {
                    Files.copy(file, target.resolve(workflow.folder().relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The workflow's description as KNIME shows it beside the canvas. */
    private void writeDescription() throws IOException {
        String description = workflow.settings().getString("customDescription", null);
        String xml =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <workflow-metadata content-type="text/plain" \
                xmlns="http://www.knime.org/core/node/workflow/metadata/v1.0">
                    <last-modified>%s</last-modified>
                    <description>%s</description>
                </workflow-metadata>
                """
                        .formatted(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                Entities.escape(description == null ? "" : description));
        WholeFile.write(target.resolve("workflow-metadata.xml"), xml);
    }

    private static NodeSettings withoutResults(WorkflowNode node) {
        NodeSettings settings = copy(node.settings(), RESULT_KEYS);
        settings.addString("state", "CONFIGURED");
        settings.addBoolean("hasContent", false);
        settings.addNodeSettings(new NodeSettings("flow_stack"));
        NodeSettings fileStores = new NodeSettings("filestores");
        fileStores.addString("file_store_location", null);
        fileStores.addString("file_store_id", null);
        settings.addNodeSettings(fileStores);
        NodeSettings ports = new NodeSettings("ports");
        for (int index : portNumbers(node.settings())) {
            NodeSettings port = new NodeSettings("port_" + index);
            port.addInt("index", index);
            port.addString("port_dir_location", null);
            ports.addNodeSettings(port);
        }
        settings.addNodeSettings(ports);
        return settings;
    }

    private static List<Integer> portNumbers(NodeSettings settings) {
        try {
            NodeSettings ports = settings.getNodeSettings("ports");
            return ports.keySet().stream()
                    .map(key -> Integer.valueOf(key.substring("port_".length())))
                    .sorted()
                    .toList();
        } catch (InvalidSettingsException e) {
            return List.of(); // a node without outputs has no such key
        }
    }

    private static NodeSettings copy(NodeSettings source, Set<String> without) {
        NodeSettings copy = new NodeSettings(source.getKey());
        for (String key : source.keySet()) {
            if (without.contains(key)) {
                continue;
            }
            AbstractConfigEntry entry = source.getEntry(key);
            if (entry instanceof NodeSettings group) {
                copy.addNodeSettings(copy(group, Set.of()));
            } else {
                copy.addEntry(entry.getType().createEntry(key, entry.toStringValue()));
            }
        }
        return copy;
    }
}
