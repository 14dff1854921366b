package org.realm4knime.nodes.connector;

import java.util.Optional;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.engine.endpoint.ApiKey;
import org.realm4knime.engine.endpoint.EndpointCheck;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.Warnings;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.port.EndpointDescription;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;

/** The Language Model Connector: a model behind a server of the OpenAI chat protocol. */
public final class LanguageModelConnectorNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Language Model Connector")
            .icon("connector.png")
            .shortDescription("Connects to a language model on a server, to ask it for routes and answers.")
            .fullDescription(
                    """
                    <p>Connects to a language model on a server that speaks the OpenAI chat protocol: vLLM, SGLang,
                    Ollama, llama.cpp, or a hosted service. Connect it where a model is asked: to the Multi-Route
                    Rollout, as teacher to the Guided Distiller and the Problem Instructor, to the Reasoner, and to the
                    Benchmark Evaluator. It cannot be trained or written, as its weights stay on the server.</p>
                    <p>The node looks whether the server is there, takes the key and has the model. Those nodes send
                    their questions to the server: the problems' texts, and rules and routes where prompts show them.
                    Do not connect a server that may not read them.</p>
                    <p>If the server asks for a key, give it as credentials or as an environment variable. The workflow
                    saves the name alone, never the key.</p>
                    <p>Every answer is kept on disk as it arrives. If the node that asks is cancelled or fails, execute
                    it again: only what is not answered yet is asked. A question that gets no answer becomes a row with
                    its error. How many requests and tokens it takes is logged before and after.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .ports(p -> p.addOutputPort("Model", "The model, to be asked.", LanguageModelPortObject.TYPE))
            .model(m -> m.parametersClass(LanguageModelConnectorNodeParameters.class)
                    .configure(LanguageModelConnectorNodeFactory::configure)
                    .execute(LanguageModelConnectorNodeFactory::execute))
            .nodeType(NodeType.Source)
            .keywords(
                    "LLM",
                    "OpenAI",
                    "vLLM",
                    "SGLang",
                    "Ollama",
                    "llama.cpp",
                    "endpoint",
                    "API",
                    "teacher",
                    "chat",
                    "ReaLM");

    /** For KNIME. */
    public LanguageModelConnectorNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        LanguageModelConnectorNodeParameters parameters = in.getParameters();
        EngineValidation.check(parameters::settings);
        EndpointDescription description = parameters.description();
        EngineValidation.check(description.keySource()::key);
        out.setOutSpec(0, new LanguageModelPortObjectSpec(description));
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        LanguageModelConnectorNodeParameters parameters = in.getParameters();
        EngineJob.run(in.getExecutionContext(), progress -> {
            EndpointDescription description = parameters.description();
            ApiKey key = description.keySource().key();
            Warnings warnings = new Warnings().add(EndpointCheck.warnings(description.settings(), key, progress));
            if (key.isGiven() && description.settings().sendsUnencrypted()) {
                warnings.add(
                        Optional.of("The key goes to the server over the network unencrypted, as the address begins"
                                + " with http://. Use https:// if the server has it."));
            }
            out.setOutData(0, LanguageModelPortObject.of(description));
            warnings.show(out);
        });
    }
}
