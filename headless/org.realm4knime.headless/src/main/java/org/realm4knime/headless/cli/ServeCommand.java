package org.realm4knime.headless.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.headless.serve.ModelServer;
import org.realm4knime.headless.serve.ServeLimits;
import org.realm4knime.headless.serve.ServeSettings;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.nodes.preferences.EnginePreferences;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a model until the process is ended. */
@Command(
        name = "serve",
        description = {
            "Answer requests of the OpenAI protocol with a model, until Ctrl-C: for the Language Model Connector, for a"
                    + " ReaLM Trainer of another process or machine, or for any other program."
        },
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "MODEL",
            description = "A Hugging Face directory, such as the Language Model Writer writes.")
    private Path model;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What those who ask call the model (default: the folder's name).")
    private String name;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port = 8000;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: ${DEFAULT-VALUE}, which only this machine reaches). Any other"
                    + " one needs --token; the connection is not encrypted.")
    private String host = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "SOURCE",
            description = "A secret that those who ask must know, as their API key: env:VARIABLE or file:PATH (default:"
                    + " none).")
    private String token;

    @Option(
            names = "--adapters",
            paramLabel = "DIR",
            description = "Let those who ask load and unload LoRA adapters that lie in this folder, as a training does"
                    + " (default: none are loaded).")
    private Path adapters;

    @Option(
            names = "--weights",
            paramLabel = "DIR",
            description = "Let those who ask replace all weights by those of a model that lies in this folder, as a"
                    + " training without LoRA does (default: they stay).")
    private Path weights;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Completions that are computed together (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            description = "Requests that may be answered or wait at the same time (default: ${DEFAULT-VALUE}).")
    private int concurrent = ServeLimits.DEFAULT.concurrent();

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Requests that may come in a minute, 0 for any number (default: ${DEFAULT-VALUE}).")
    private int perMinute = ServeLimits.DEFAULT.perMinute();

    @Option(
            names = "--max-request-bytes",
            paramLabel = "N",
            description = "Size that a request may have (default: ${DEFAULT-VALUE}).")
    private int bytes = ServeLimits.DEFAULT.bytes();

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Override
    public Integer call() throws WorkflowException, InterruptedException {
        check();
        LogFile.toConsole(line -> System.err.println("realm: " + line));
        compute.apply();
        String secret = token == null
                ? null
                : new CredentialsOption(System::getenv).secret("--token", "env:VARIABLE or file:PATH", token);
        ComputeOptions.requireDevice();
        EnginePreferences.requireDevice();
        try (LanguageModel loaded = LanguageModel.read(model);
                ModelServer server = start(loaded, secret)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.printf(
                    "%s answers at http://%s:%d/v1%n",
                    name(loaded), host.contains(":") ? "[" + host + "]" : host, server.port());
            printForm(loaded);
            System.out.flush();
            new CountDownLatch(1).await(); // a signal ends the process
        }
        return ExitCode.DONE;
    }

    /** The server passes messages on as they are, and a model answers only questions of the form that it learned. */
    private static void printForm(LanguageModel loaded) {
        String form = loaded.promptFormat().render("QUESTION", List.of(), List.of());
        if (!form.equals("QUESTION")) {
            System.out.println("Ask it as it was trained:");
            form.lines().forEach(line -> System.out.println("  " + line));
        }
    }

    private void check() throws WorkflowException {
        require(port >= 0 && port <= 65535, "--port", port);
        require(batch >= 1, "--batch-size", batch);
        require(concurrent >= 1, "--max-concurrent", concurrent);
        require(perMinute >= 0, "--requests-per-minute", perMinute);
        require(bytes >= 1 && bytes < Integer.MAX_VALUE, "--max-request-bytes", bytes);
        compute.check();
        requireFolder("--adapters", adapters);
        requireFolder("--weights", weights);
    }

    private static void requireFolder(String option, Path folder) throws WorkflowException {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new WorkflowException("%s %s: there is no such folder. Make it first.".formatted(option, folder));
        }
    }

    private static void require(boolean holds, String option, Object value) throws WorkflowException {
        if (!holds) {
            throw new WorkflowException("%s %s is out of range.".formatted(option, value));
        }
    }

    private String name(LanguageModel loaded) {
        return name == null ? loaded.name() : name;
    }

    private ModelServer start(LanguageModel loaded, String secret) throws WorkflowException {
        ServeLimits limits = new ServeLimits(
                bytes, concurrent, perMinute, ServeLimits.DEFAULT.completions(), ServeLimits.DEFAULT.adapters());
        try {
            return ModelServer.start(
                    loaded, new ServeSettings(name(loaded), host, port, secret, adapters, weights, batch, limits));
        } catch (EngineException e) {
            throw new WorkflowException("--host: " + e.getMessage() + " Give --token env:VARIABLE.", e);
        } catch (IOException e) {
            throw new WorkflowException("--port %d: %s. Choose another one.".formatted(port, IoReason.of(e)), e);
        }
    }
}
