package org.realm4knime.nodes.realmtrainer;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.realm4knime.engine.grpo.RewardSettings;
import org.realm4knime.nodes.parameters.Solutions;

/** What the model is rewarded for. */
final class RewardParameters implements NodeParameters {

    @Widget(
            title = "Reward of a right answer",
            description = "The outcome reward: what a completion gains that ends in the right answer.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double outcome = RewardSettings.DEFAULT.outcome();

    @Widget(
            title = "Reward of right verdicts",
            description =
                    "The process reward: what a completion gains for judging all shown routes rightly; a share of right"
                            + " verdicts gains that share. Keep it well below the reward of a right answer.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double process = RewardSettings.DEFAULT.process();

    @Widget(
            title = "Reward of a readable answer",
            description = "The format reward: what a completion gains that came to an end and holds an answer, right or"
                    + " wrong. Helps models that often give no answer at all.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double format = RewardSettings.DEFAULT.format();

    @Widget(
            title = "Rewarded answers",
            description =
                    "Which right answers gain the outcome reward. Where only sound ones do, a completion that comes to"
                            + " the right answer by a wrong calculation gains nothing for it.")
    @Migrate(loadDefaultIfAbsent = true)
    Solutions rewarded = Solutions.RIGHT_ANSWER;

    /** Settings for the engine. */
    RewardSettings settings() {
        return new RewardSettings(outcome, process, format, rewarded.engine());
    }
}
