package org.realm4knime.engine.evaluate;

/**
 * Accuracy of one model on one split, with or without external routes.
 *
 * @param model name of the model; or {@value #MAJORITY}, {@value #WEIGHTED_MAJORITY} or {@value #ANY_ROUTE}
 * @param split the problems' domain, or {@value #ALL} where they name none
 * @param routes {@value #WITHOUT} or {@value #WITH}
 * @param rules whether the prompts carried the rules of the domain: {@value #WITHOUT} or {@value #WITH}
 * @param problems number of problems
 * @param correct number answered correctly
 * @param accuracy correct / problems, in [0, 1]
 * @param low lower end of the 95 % Wilson interval
 * @param high upper end of the 95 % Wilson interval
 */
public record Score(
        String model,
        String split,
        String routes,
        String rules,
        int problems,
        int correct,
        double accuracy,
        double low,
        double high) {

    /** The prompts did not show them. */
    public static final String WITHOUT = "without";
    /** The prompts showed them. */
    public static final String WITH = "with";
    /** Stands for a model: the answer that most of the external routes give. */
    public static final String MAJORITY = "majority of the routes";
    /** As {@link #MAJORITY}, each route counting by the share of its arithmetic claims that hold. */
    public static final String WEIGHTED_MAJORITY = "weighted majority of the routes";
    /** Stands for a model that always chooses a right route where there is one: the ceiling of every vote. */
    public static final String ANY_ROUTE = "any route right";
    /** Split of problems that name no domain. */
    public static final String ALL = "all";
}
