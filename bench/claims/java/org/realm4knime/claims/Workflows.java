package org.realm4knime.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The workflows of the arms, written from their descriptions, and the settings that a run changes in them. */
final class Workflows {

    private static final String BASE_MODEL = "Base model/path";

    private final Plan plan;
    private final Options options;
    private final String dataDigest;

    Workflows(Plan plan, Options options) throws IOException {
        this.plan = plan;
        this.options = options;
        if (!Files.isDirectory(options.data())) {
            throw new Options.UsageException("There is no folder " + options.data() + "; name one with --data.");
        }
        dataDigest = digest(options.data());
    }

    Path folder(Plan.Arm arm) {
        return options.runs().resolve("workflows").resolve(arm.name());
    }

    /** Writes an arm's workflow, with the data beside it. */
    void write(Plan.Arm arm) throws IOException, InterruptedException {
        Path folder = folder(arm);
        Files.createDirectories(folder.getParent());
        Process process = new ProcessBuilder(
                        options.root().resolve("realm").toString(),
                        "new",
                        options.root()
                                .resolve("bench/claims/specs/" + arm.name() + ".json")
                                .toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("The workflow of " + arm.name() + " could not be written.");
        }
        Path data = folder.resolve("data");
        Files.deleteIfExists(data);
        Files.createSymbolicLink(data, options.data());
    }

    /** The settings that a task changes, as {@code --set} takes them. */
    List<String> settings(Task task) throws IOException {
        List<String> names = nodeNames(task.arm());
        List<String> settings = new ArrayList<>();
        plan.seeded().forEach((node, key) -> add(node + "/" + key + "=" + task.seed(), names, settings));
        Path base = options.data().resolve("models/base-" + task.seed());
        if (Files.isDirectory(base)) {
            settings.add(BASE_MODEL + "=" + base);
        }
        if (options.validation()) {
            plan.validation().forEach((reader, file) -> settings.add(
                    reader + "/path=" + options.data().resolve(file)));
        }
        if (options.quick()) {
            plan.quick().settings().forEach((key, value) -> add(key + "=" + value, names, settings));
        }
        options.settings().forEach(setting -> add(setting, names, settings));
        return settings;
    }

    private static void add(String setting, List<String> names, List<String> settings) {
        if (names.contains(setting.substring(0, setting.indexOf('/')))) {
            settings.add(setting);
        }
    }

    /** Names and labels of the nodes: a saved workflow has a folder a node, with its name, and the label within. */
    private List<String> nodeNames(Plan.Arm arm) throws IOException {
        try (Stream<Path> nodes = Files.list(folder(arm))) {
            return nodes.map(node -> node.getFileName().toString())
                    .filter(name -> name.contains(" (#"))
                    .map(name -> name.substring(0, name.lastIndexOf(" (#")))
                    .distinct()
                    .toList();
        }
    }

    /** What the result of a task depends on: workflow, settings and data. */
    String fingerprint(Task task) throws IOException {
        return digest(folder(task.arm())) + dataDigest + settings(task);
    }

    /** Digest of all files in a folder; links in it are not followed. */
    private static String digest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new))) {
                digest.update(folder.relativize(file).toString().getBytes());
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
