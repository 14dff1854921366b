/* Two models on the same problems. */
"use strict";

const RealmPaired = (() => {
  /** Logarithms of the factorials from 0 to n. */
  function logFactorials(n) {
    const logs = [0];
    for (let i = 1; i <= n; i++) {
      logs.push(logs[i - 1] + Math.log(i));
    }
    return logs;
  }

  /**
   * Exact McNemar test (McNemar, 1947, with the binomial distribution): the two-sided p-value of the hypothesis that a
   * problem which only one of the two models solves is as likely to be solved by either.
   *
   * @param onlyA problems that only the first model solves
   * @param onlyB problems that only the second one solves
   */
  function mcNemar(onlyA, onlyB) {
    const n = onlyA + onlyB;
    const logs = logFactorials(n);
    let tail = 0;
    for (let i = 0; i <= Math.min(onlyA, onlyB); i++) {
      tail += Math.exp(logs[n] - logs[i] - logs[n - i] - n * Math.LN2);
    }
    return Math.min(1, 2 * tail);
  }

  /** Accuracy of A minus that of B with its 95 % interval, by the adjusted Wald method (Agresti and Min, 2005). */
  function difference(onlyA, onlyB, problems) {
    const n = problems + 2;
    const [a, b] = [onlyA + 0.5, onlyB + 0.5];
    const middle = (a - b) / n;
    const reach = (1.959964 * Math.sqrt(a + b - (a - b) ** 2 / n)) / n;
    return { value: (onlyA - onlyB) / problems, low: Math.max(-1, middle - reach), high: Math.min(1, middle + reach) };
  }

  return { mcNemar, difference };
})();
