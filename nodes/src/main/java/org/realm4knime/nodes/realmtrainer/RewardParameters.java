package org.realm4knime.nodes.realmtrainer;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.realm4knime.engine.grpo.RewardSettings;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.Solutions;

/** What the model is rewarded for. */
final class RewardParameters implements NodeParameters {

    @Widget(
            title = "Reward of a right answer",
            description = "The outcome reward, which a completion gains if it ends in the right answer. 1 is usual.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double outcome = RewardSettings.DEFAULT.outcome();

    @Widget(
            title = "Reward of right verdicts",
            description =
                    """
                    The process reward, which a completion gains if all its verdicts on the shown routes are right. \
                    If some are right, it gains that share. Keep it well below the reward of a right answer; 0.1 is \
                    usual.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double process = RewardSettings.DEFAULT.process();

    @Widget(
            title = "Right verdicts count after",
            description =
                    """
                    The share of the training in which right verdicts earn nothing, so that the model first learns to \
                    answer, and then to judge. 0 is usual: verdicts count from the first step. Try 0.5 if right \
                    verdicts rise while right answers do not.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.BelowOne.class)
    @Migrate(loadDefaultIfAbsent = true)
    @Advanced
    double processFrom = RewardSettings.DEFAULT.processFrom();

    @Widget(
            title = "Reward of a readable answer",
            description =
                    """
                    The format reward, which a completion gains if it came to an end and has an answer, right or \
                    wrong. 0 is usual. Try 0.1 for a model that often gives no answer.""")
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
        return new RewardSettings(outcome, process, format, rewarded.engine(), processFrom);
    }
}
