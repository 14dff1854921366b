package org.realm4knime.headless.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.realm4knime.engine.IoReason;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.standin.Keyring;

/**
 * What {@code --credentials} gives. A password itself is not taken: other users of the machine could read it among the
 * running commands, and the shell would keep it.
 */
final class CredentialsOption {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    private final UnaryOperator<String> environment;

    /** @param environment value of an environment variable, or null */
    CredentialsOption(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /**
     * @param options as given: NAME=env:VARIABLE, NAME=file:PATH, or NAME to be asked for the password
     * @throws WorkflowException saying which is wrong; a text that may be a password is not repeated
     */
    Keyring keyring(List<String> options) throws WorkflowException {
        Map<String, String> passwords = new HashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String name = (equals < 0 ? option : option.substring(0, equals)).strip();
            if (name.isEmpty()) {
                throw new WorkflowException("--credentials: the name is missing. Give NAME=env:VARIABLE.");
            }
            passwords.put(name, equals < 0 ? asked(name) : password(name, option.substring(equals + 1)));
        }
        return new Keyring(passwords);
    }

    private String password(String name, String source) throws WorkflowException {
        String given = "%s=env:VARIABLE, %s=file:PATH, or only %s to be asked for it".formatted(name, name, name);
        return secret("--credentials " + name, given, source);
    }

    /**
     * A secret from where an option says that it is.
     *
     * @param option the option, for messages
     * @param given how it should be given, for messages
     * @param source env:VARIABLE or file:PATH
     * @throws WorkflowException if it is not there; a text that may be the secret itself is not repeated
     */
    String secret(String option, String given, String source) throws WorkflowException {
        if (source.startsWith(ENVIRONMENT)) {
            String variable = source.substring(ENVIRONMENT.length());
            String value = environment.apply(variable);
            if (value == null || value.isBlank()) {
                throw new WorkflowException("%s: there is no environment variable '%s', or it is empty. Set it first."
                        .formatted(option, variable));
            }
            return value.strip();
        }
        if (source.startsWith(FILE)) {
            return ofFile(option, source.substring(FILE.length()));
        }
        throw new WorkflowException(
                ("%s: what follows the = begins neither with env: nor with file:. A password itself is not taken, as"
                                + " other users could read it. Give %s.")
                        .formatted(option, given));
    }

    private static String ofFile(String option, String path) throws WorkflowException {
        try {
            String text = Files.readString(Path.of(path)).strip();
            if (text.isEmpty()) {
                throw new WorkflowException("%s: the file %s is empty.".formatted(option, path));
            }
            return text;
        } catch (IOException e) {
            throw new WorkflowException(
                    "%s: the file %s cannot be read: %s.".formatted(option, path, IoReason.of(e)), e);
        } catch (InvalidPathException e) {
            throw new WorkflowException("%s: '%s' is no path.".formatted(option, path), e);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // ./realm asks the JDK for consoles of terminals alone
    private static String asked(String name) throws WorkflowException {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of the credentials %s: ", name);
        if (typed == null || typed.length == 0) {
            throw new WorkflowException(
                    ("--credentials %s: there is no terminal to ask for the password. Give %s=env:VARIABLE or"
                                    + " %s=file:PATH.")
                            .formatted(name, name, name));
        }
        return new String(typed).strip();
    }
}
