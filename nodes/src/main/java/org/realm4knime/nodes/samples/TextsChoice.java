package org.realm4knime.nodes.samples;

import java.util.List;
import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.samples.SampleDomain;
import org.realm4knime.samples.domain.Expert.Fault;
import org.realm4knime.samples.domain.TrainingText;
import org.realm4knime.samples.refund.Corpus;

/** What the training texts of a made-up domain are for. The names are file format. */
public enum TextsChoice {
    @Label(value = "Base model", description = "Texts to train a base model on, from scratch.")
    BASE(Corpus.BASE, SampleDomain::baseCorpus),
    @Label(
            value = "Base model, to replay",
            description =
                    "The base model's texts whose prompts show rules or routes. Replay them in a later training, so"
                            + " that the model does not forget how to use rules and routes. Not of the quickstart's"
                            + " domain.")
    REPLAY(null, SampleDomain::replayCorpus),
    @Label(value = "Hasty model", description = "Texts of an expert that overlooks a part of the task.")
    HASTY(Corpus.HASTY, Maker.of(Fault.HASTY)),
    @Label(
            value = "Strict model",
            description = "Texts of an adviser that ignores membership; of the quickstart's domain only.")
    STRICT(Corpus.STRICT, null),
    @Label(value = "Careless model", description = "Texts of an expert that calculates wrong.")
    CARELESS(Corpus.CARELESS, Maker.of(Fault.CARELESS)),
    @Label(
            value = "Guessing model",
            description = "Texts of an expert that goes by what meets the eye; not of the quickstart's domain.")
    GUESSING(null, Maker.of(Fault.GUESSING));

    /** Null if the quickstart's domain lacks it. */
    final Corpus quickstart;

    /** Null if the other domains lack it. */
    final Maker others;

    TextsChoice(Corpus quickstart, Maker others) {
        this.quickstart = quickstart;
        this.others = others;
    }

    /** Makes texts of domains, a number of them, by a seed. */
    interface Maker {
        List<TrainingText> texts(List<SampleDomain> domains, int count, long seed);

        private static Maker of(Fault fault) {
            return (domains, count, seed) -> SampleDomain.expertCorpus(domains, fault, count, seed);
        }
    }
}
