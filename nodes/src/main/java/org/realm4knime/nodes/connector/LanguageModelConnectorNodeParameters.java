package org.realm4knime.nodes.connector;

import java.util.List;
import java.util.stream.Stream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.endpoint.Dialect;
import org.realm4knime.engine.endpoint.EndpointLimits;
import org.realm4knime.engine.endpoint.EndpointSettings;
import org.realm4knime.engine.endpoint.TokenPrices;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.port.CredentialsChoices;
import org.realm4knime.nodes.port.EndpointDescription;
import org.realm4knime.nodes.port.KeyChoice;

/** Settings of the Language Model Connector. */
final class LanguageModelConnectorNodeParameters implements NodeParameters {

    enum Options {
        @Label(
                value = "Usual",
                description =
                        "Maximum new tokens, temperature, top p, seed and texts that end an answer. For most servers.")
        USUAL(Dialect.USUAL),
        @Label(
                value = "Reasoning models of OpenAI",
                description =
                        "Only the maximum of new tokens, as max_completion_tokens. These models refuse the others.")
        REASONING(Dialect.REASONING);

        private final Dialect dialect;

        Options(Dialect dialect) {
            this.dialect = dialect;
        }
    }

    @Section(title = "Model")
    interface ModelSection {}

    @Section(title = "Key")
    @After(ModelSection.class)
    interface KeySection {}

    @Section(title = "Limits")
    @After(KeySection.class)
    interface LimitsSection {}

    @Section(title = "Prices")
    @Advanced
    @After(LimitsSection.class)
    interface PricesSection {}

    @Layout(ModelSection.class)
    @Widget(title = "Name", description = "A short name for this model in tables and charts, for example teacher.")
    String name = "teacher";

    @Layout(ModelSection.class)
    @Widget(
            title = "Base URL",
            description =
                    """
                    Address of the server, up to the part before /chat/completions. http://localhost:8000/v1 is usual \
                    for vLLM, http://localhost:11434/v1 for Ollama, http://localhost:8080/v1 for llama.cpp.""")
    @TextInputWidget(placeholder = "http://localhost:8000/v1")
    String baseUrl = "http://localhost:8000/v1";

    @Layout(ModelSection.class)
    @Widget(
            title = "Model",
            description =
                    """
                    Name of the model on the server. The server lists its models at the base URL with /models behind \
                    it.""")
    @TextInputWidget(placeholder = "Qwen/Qwen2.5-7B-Instruct")
    String model = "";

    @Layout(ModelSection.class)
    @Widget(
            title = "Further base URLs",
            description =
                    """
                    Addresses of more servers with the same model, one per line. Questions are spread over all of \
                    them. If one fails, the others answer its questions.""",
            advanced = true)
    @TextAreaWidget
    String furtherBaseUrls = "";

    @Layout(ModelSection.class)
    @Widget(
            title = "System prompt",
            description =
                    """
                    What the model is told before every question. Usually empty. Some models switch their thinking \
                    on or off by it.""",
            advanced = true)
    @TextAreaWidget
    String systemPrompt = "";

    @Layout(ModelSection.class)
    @Widget(
            title = "Options that are sent",
            description =
                    """
                    Which settings of text generation the server is told. Change it if the server refuses an option \
                    by name.""",
            advanced = true)
    Options options = Options.USUAL;

    @Layout(ModelSection.class)
    @Widget(
            title = "Keep and reuse answers",
            description =
                    """
                    Keep every answer on disk, and take it again where the same model is asked the same question with \
                    the same settings. So an interrupted node asks nothing twice. Switch it off if the model behind \
                    the name has changed.""",
            advanced = true)
    boolean reuse = true;

    @Layout(KeySection.class)
    @Widget(title = "Key", description = "Where the key (API key) for the server comes from.")
    @ValueSwitchWidget
    @ValueReference(KeyChoice.Reference.class)
    KeyChoice key = KeyChoice.NONE;

    @Layout(KeySection.class)
    @Widget(
            title = "Credentials",
            description =
                    """
                    Name of the credentials whose password is the key. They come from the workflow or from a node \
                    connected to this one's flow variable port. On the command line, --credentials gives them.""")
    @ChoicesProvider(CredentialsChoices.class)
    @Effect(predicate = KeyChoice.IsCredentials.class, type = EffectType.SHOW)
    String credentials = "";

    @Layout(KeySection.class)
    @Widget(title = "Environment variable", description = "Name of the environment variable whose value is the key.")
    @TextInputWidget(placeholder = "OPENAI_API_KEY")
    @Effect(predicate = KeyChoice.IsEnvironment.class, type = EffectType.SHOW)
    String environmentVariable = "";

    @Layout(LimitsSection.class)
    @Widget(
            title = "Parallel requests",
            description =
                    """
                    How many questions each server answers at the same time. More is faster until the server is \
                    busy. 8 is usual; vLLM takes 32 and more, llama.cpp as many as it was started with.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int parallel = 8;

    @Layout(LimitsSection.class)
    @Widget(
            title = "Time-out (seconds)",
            description =
                    """
                    After this time without a whole answer, the question is asked again. Choose more for models that \
                    think long. 120 is usual.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int timeout = 120;

    @Layout(LimitsSection.class)
    @Widget(
            title = "Requests per minute",
            description =
                    """
                    The most requests that are sent in a minute to all servers. 0 is no limit. Hosted services state \
                    theirs with your account.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int requestsPerMinute;

    @Layout(LimitsSection.class)
    @Widget(
            title = "Tokens per minute",
            description =
                    """
                    The most tokens of prompts and answers in a minute, of all servers. 0 is no limit. Hosted \
                    services state theirs with your account.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int tokensPerMinute;

    @Layout(LimitsSection.class)
    @Widget(
            title = "Retries",
            description =
                    """
                    How often a question is asked again if the server is busy or fails. The pauses between get \
                    longer, or are as long as the server says. After that, the question becomes a row with its \
                    error. 5 is usual.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int retries = 5;

    @Layout(PricesSection.class)
    @Widget(
            title = "Price of a million tokens read",
            description =
                    """
                    What a million tokens of prompts cost, in any currency. With prices, the cost is logged before \
                    and after. 0 for a server of your own.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double priceRead;

    @Layout(PricesSection.class)
    @Widget(
            title = "Price of a million tokens written",
            description = "What a million tokens of answers cost, thinking included. 0 for a server of your own.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double priceWritten;

    /** Settings for the engine. */
    EndpointSettings settings() {
        List<String> urls =
                Stream.concat(Stream.of(baseUrl), furtherBaseUrls.lines()).toList();
        return new EndpointSettings(
                model,
                urls,
                systemPrompt,
                options.dialect,
                new EndpointLimits(timeout, parallel, requestsPerMinute, tokensPerMinute, retries),
                new TokenPrices(priceRead, priceWritten));
    }

    /** The model as it is at the port. */
    EndpointDescription description() throws InvalidSettingsException {
        return new EndpointDescription(name, settings(), key.source(credentials, environmentVariable), reuse);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Parallel requests", parallel, 1);
        Bounds.atLeast("Time-out (seconds)", timeout, 1);
        Bounds.atLeast("Requests per minute", requestsPerMinute, 0);
        Bounds.atLeast("Tokens per minute", tokensPerMinute, 0);
        Bounds.atLeast("Retries", retries, 0);
        Bounds.atLeast("Price of a million tokens read", priceRead, 0);
        Bounds.atLeast("Price of a million tokens written", priceWritten, 0);
    }
}
