package org.realm4knime.nodes.port;

import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.Dialect;
import org.realm4knime.engine.endpoint.EndpointLimits;
import org.realm4knime.engine.endpoint.EndpointSettings;
import org.realm4knime.engine.endpoint.TokenPrices;

/**
 * A model behind a server.
 *
 * @param name name in tables and charts
 * @param settings model and servers
 * @param keySource where the key comes from
 * @param reuse whether answers that were had before are taken instead of asking again
 */
public record EndpointDescription(String name, EndpointSettings settings, KeySource keySource, boolean reuse)
        implements ModelDescription {

    private static final String MODEL = "model";
    private static final String BASE_URLS = "base URLs";
    private static final String SYSTEM_PROMPT = "system prompt";
    private static final String DIALECT = "dialect";
    private static final String TIMEOUT = "time-out";
    private static final String PARALLEL = "parallel requests";
    private static final String REQUESTS = "requests per minute";
    private static final String TOKENS = "tokens per minute";
    private static final String RETRIES = "retries";
    private static final String PRICE_READ = "price read";
    private static final String PRICE_WRITTEN = "price written";
    private static final String KEY_KIND = "key from";
    private static final String KEY_NAME = "key name";
    private static final String REUSE = "reuse";

    void save(ModelContentWO content) {
        EndpointLimits limits = settings.limits();
        content.addString(MODEL, settings.model());
        content.addStringArray(BASE_URLS, settings.baseUrls().toArray(String[]::new));
        content.addString(SYSTEM_PROMPT, settings.systemPrompt());
        content.addString(DIALECT, settings.dialect().name());
        content.addInt(TIMEOUT, limits.timeoutSeconds());
        content.addInt(PARALLEL, limits.parallel());
        content.addInt(REQUESTS, limits.requestsPerMinute());
        content.addInt(TOKENS, limits.tokensPerMinute());
        content.addInt(RETRIES, limits.retries());
        content.addDouble(PRICE_READ, settings.prices().read());
        content.addDouble(PRICE_WRITTEN, settings.prices().written());
        content.addString(KEY_KIND, keySource.kind().name());
        content.addString(KEY_NAME, keySource.name());
        content.addBoolean(REUSE, reuse);
    }

    static EndpointDescription load(String name, ModelContentRO content) throws InvalidSettingsException {
        try {
            EndpointSettings settings = new EndpointSettings(
                    content.getString(MODEL),
                    List.of(content.getStringArray(BASE_URLS)),
                    content.getString(SYSTEM_PROMPT),
                    Dialect.valueOf(content.getString(DIALECT)),
                    new EndpointLimits(
                            content.getInt(TIMEOUT),
                            content.getInt(PARALLEL),
                            content.getInt(REQUESTS),
                            content.getInt(TOKENS),
                            content.getInt(RETRIES)),
                    new TokenPrices(content.getDouble(PRICE_READ), content.getDouble(PRICE_WRITTEN)));
            KeySource keySource =
                    new KeySource(KeySource.Kind.valueOf(content.getString(KEY_KIND)), content.getString(KEY_NAME));
            return new EndpointDescription(name, settings, keySource, content.getBoolean(REUSE));
        } catch (IllegalArgumentException | EngineException e) {
            throw new InvalidSettingsException(
                    "The description of the model '" + name + "' cannot be read. Reset the Language Model Connector,"
                            + " and execute it again.",
                    e);
        }
    }

    /** One line for a person to read. */
    String summary() {
        return "%s: the model %s on %s".formatted(name, settings.model(), String.join(", ", settings.baseUrls()));
    }
}
