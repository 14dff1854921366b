package org.realm4knime.engine.mrpv;

/** How much a route counts in the majority that stands in for a missing reference answer. */
public enum VoteWeight {
    /** Every route counts 1. */
    EQUAL,
    /** The share of right arithmetic statements in the route; 1 for a route without statements. */
    VALID_CLAIMS,
    /** As {@link #VALID_CLAIMS}, times exp(mean log-probability) where that is known. */
    PROBABILITY
}
