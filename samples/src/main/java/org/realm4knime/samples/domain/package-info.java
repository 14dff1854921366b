/**
 * Made-up domains to test methods on. Their answers follow from conventions, some written and some known from practice
 * only; experts with systematic faults reason about the same tasks. Everything comes from a seed.
 */
package org.realm4knime.samples.domain;
