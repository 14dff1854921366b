package org.realm4knime.engine.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.realm4knime.engine.EngineException;

/**
 * A model behind a server, but for the key.
 *
 * @param model its name on the server
 * @param baseUrls addresses of servers that all have it, such as {@code http://localhost:8000/v1}; at least one
 * @param systemPrompt what the model is told before every question; may be empty
 * @param dialect which options the servers take
 * @param limits how hard they may be asked
 * @param prices what tokens cost
 */
public record EndpointSettings(
        String model,
        List<String> baseUrls,
        String systemPrompt,
        Dialect dialect,
        EndpointLimits limits,
        TokenPrices prices) {

    private static final String CHAT = "/chat/completions";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Checks the name and the addresses.
     *
     * @throws EngineException saying which is wrong
     */
    public EndpointSettings {
        model = Objects.requireNonNull(model, "model").strip();
        systemPrompt = Objects.requireNonNull(systemPrompt, "systemPrompt").strip();
        baseUrls = baseUrls.stream()
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(EndpointSettings::checked)
                .distinct()
                .toList();
        if (model.isEmpty()) {
            throw new EngineException(
                    "The model's name is empty (setting 'Model'). Enter the name that the server knows"
                            + " it by; the server lists its models at the base URL with /models behind it.");
        }
        if (baseUrls.isEmpty()) {
            throw new EngineException("There is no address of a server (setting 'Base URL'). Enter one, for example"
                    + " http://localhost:8000/v1.");
        }
    }

    private static String checked(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            // its message would repeat the text, which may hold a password
            throw wrong("is no address");
        }
        String scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
        if (url.getRawUserInfo() != null) {
            throw wrong("has a name or a password in it, which the workflow would save. Give the key by credentials");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw wrong("has a ? or a # in it. Leave out what comes from there on, and give the key by credentials");
        }
        if (!Set.of("http", "https").contains(scheme) || url.getHost() == null) {
            throw wrong("does not begin with http:// or https:// and a host");
        }
        String path = text.replaceAll("/+$", "");
        if (path.endsWith(CHAT)) {
            throw wrong("ends with " + CHAT + ", which is put behind it by itself. Leave that out");
        }
        return path;
    }

    private static EngineException wrong(String what) {
        return new EngineException(
                "The address of a server (setting 'Base URL') " + what + ". Usual is http://localhost:8000/v1.");
    }

    /** Whether a name is the model's: servers often tell a dated or a full one. */
    boolean isModel(String name) {
        return name.contains(model) || model.contains(name);
    }

    /** Whether a key would go over the network for everybody to read. */
    public boolean sendsUnencrypted() {
        return baseUrls.stream()
                .map(URI::create)
                .anyMatch(url -> url.getScheme().equalsIgnoreCase("http") && !LOOPBACK.contains(url.getHost()));
    }
}
