"""Medians and spread."""

from statistics import median


def rounds_summary(rounds):
    """Median over all values of all rounds, with the smallest and the largest."""
    values = [value for values in rounds for value in values]
    return {"median": median(values), "low": min(values), "high": max(values)}


def paired_ratio(ours, peer):
    """How many times as fast ours is: in each round the peer's median seconds over ours, then median and range over the
    rounds, so that a drift of the machine from round to round hits both sides alike."""
    ratios = [median(b) / median(a) for a, b in zip(ours, peer)]
    return {"median": median(ratios), "low": min(ratios), "high": max(ratios)}
