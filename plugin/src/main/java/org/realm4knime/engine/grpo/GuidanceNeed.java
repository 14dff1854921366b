package org.realm4knime.engine.grpo;

/** Which problems are guided. The schedule is the most that any is. */
public enum GuidanceNeed {
    /** All alike, at the rate of the schedule. */
    ALL_ALIKE,
    /**
     * Each by how often the model solves it alone: at the schedule's rate times the share of wrong answers in its last
     * tries without help. Problems that it solves alone are shown nothing (as in Scaf-GRPO, arXiv 2510.19807, and GHPO,
     * 2507.10628).
     */
    UNSOLVED
}
