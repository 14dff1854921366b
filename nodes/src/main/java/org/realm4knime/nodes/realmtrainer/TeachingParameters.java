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
                    """
                    For this share of the problems that are tried without routes, one right external route is put \
                    among the model's own tries. It is compared with them and learned from like them (off-policy, \
                    LUFFY). Use it if the model hardly ever finds an answer by itself. 0, the usual value, switches \
                    it off.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double offPolicyShare = RouteTeaching.NONE.offPolicyShare();

    @Widget(
            title = "Shaping of such routes",
            description =
                    """
                    How learning is shared between the tokens of such a route. The smaller this is, the more the \
                    model learns from tokens that it finds unlikely. 0.1 is usual.""")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double shaping = RouteTeaching.NONE.shaping();

    @Widget(
            title = "Weight of contrasted steps",
            description =
                    """
                    Where a right and a wrong external route part, the right one's step is made likelier and the \
                    wrong one's less likely, with this weight beside the reinforcement loss. 0 switches it off; \
                    begin with 0.1. If it is too large, small models lose the ability to answer.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double contrastWeight = RouteTeaching.NONE.contrastWeight();

    @Widget(
            title = "Beta of contrasted steps",
            description =
                    """
                    The larger this is, the sooner the model stops learning from two steps that it already tells \
                    apart. 0.1 is usual.""")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double contrastBeta = RouteTeaching.NONE.contrastBeta();

    /** Settings for the engine. */
    RouteTeaching settings() {
        return new RouteTeaching(offPolicyShare, shaping, contrastWeight, contrastBeta);
    }
}
