package org.realm4knime.engine.eaai;

/**
 * How the number of routes that a prompt shows is drawn from the guidance rate g. The expected share shown is g for
 * all.
 */
public enum GuidanceDraw {
    /** Each of the n routes is shown with probability g: the number is binomial. */
    EACH,
    /** All n routes with probability g, else none: the share of guided prompts is g. */
    ALL_OR_NONE,
    /** floor(n g) routes, and one more with the probability that is left: the number hardly varies. */
    EVEN
}
