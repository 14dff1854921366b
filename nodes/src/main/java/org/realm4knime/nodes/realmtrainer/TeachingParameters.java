package org.realm4knime.nodes.realmtrainer;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.realm4knime.engine.grpo.RouteTeaching;
import org.realm4knime.nodes.parameters.Bounds;

/** How external routes teach beyond being shown. */
final class TeachingParameters implements NodeParameters {

    @Widget(
            title = "Share of groups with a right route",
            description =
                    "Share of the problems tried without routes among whose tries one right external route is put, to"
                            + " be compared with them and learned from like them (off-policy, LUFFY). 0 switches it off."
                            + " It helps where the model itself hardly ever finds the answer.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double offPolicyShare = RouteTeaching.NONE.offPolicyShare();

    @Widget(
            title = "Shaping of such routes",
            description =
                    "A token that the model gives the probability p counts p / (p + this): the smaller, the more the"
                            + " model learns from tokens it finds unlikely.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double shaping = RouteTeaching.NONE.shaping();

    @Widget(
            title = "Weight of contrasted steps",
            description = "Where a right and a wrong external route part, the right one's step is made likelier and the"
                    + " wrong one's less likely, with this weight beside the reinforcement loss. 0 switches it"
                    + " off; begin with 0.1, as small models unlearn to answer if it is too large.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double contrastWeight = RouteTeaching.NONE.contrastWeight();

    @Widget(
            title = "Beta of contrasted steps",
            description = "How soon two steps count as told apart: the larger, the sooner. 0.1 is usual.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double contrastBeta = RouteTeaching.NONE.contrastBeta();

    /** Settings for the engine. */
    RouteTeaching settings() {
        return new RouteTeaching(offPolicyShare, shaping, contrastWeight, contrastBeta);
    }
}
