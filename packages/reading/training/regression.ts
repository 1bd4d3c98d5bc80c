/** Logistic regression with ridge penalty, by Newton's method. Small and exact: a few hundred rows, a few dozen columns. */

export interface Model {
  bias: number;
  weights: number[];
  means: number[];
  spreads: number[];
}

/**
 * @param rows one array of numbers a document
 * @param answers 1 for yes, 0 for no
 * @param ridge penalty on the weights of the standardised columns; the bias is free
 */
export function fit(rows: readonly (readonly number[])[], answers: readonly number[], ridge: number): Model {
  const columns = rows[0]?.length ?? 0;
  const means = Array.from({ length: columns }, (_, c) => mean(rows.map((row) => row[c] ?? 0)));
  const spreads = Array.from({ length: columns }, (_, c) => spread(rows.map((row) => row[c] ?? 0)) + 1e-9);
  const x = rows.map((row) => [1, ...row.map((value, c) => (value - (means[c] ?? 0)) / (spreads[c] ?? 1))]);
  let w: number[] = new Array(columns + 1).fill(0);
  for (let round = 0; round < 60; round++) {
    const p = x.map((row) => sigmoid(dot(row, w)));
    const gradient = w.map((value, i) => (i === 0 ? 0 : ridge * value));
    const hessian = w.map((_, i) => w.map((__, j) => (i === j ? (i === 0 ? 1e-6 : ridge) : 0)));
    x.forEach((row, n) => {
      const error = (p[n] ?? 0) - (answers[n] ?? 0);
      const curve = (p[n] ?? 0) * (1 - (p[n] ?? 0));
      for (let i = 0; i < row.length; i++) {
        gradient[i] = (gradient[i] ?? 0) + error * (row[i] ?? 0);
        const line = hessian[i] as number[];
        for (let j = 0; j < row.length; j++) line[j] = (line[j] ?? 0) + curve * (row[i] ?? 0) * (row[j] ?? 0);
      }
    });
    const step = solve(hessian, gradient);
    w = w.map((value, i) => value - (step[i] ?? 0));
    if (Math.max(...step.map(Math.abs)) < 1e-7) break;
  }
  return { bias: w[0] ?? 0, weights: w.slice(1), means, spreads };
}

/** How likely yes is for a row, 0 to 1. */
export function predict(model: Model, row: readonly number[]): number {
  let sum = model.bias;
  row.forEach((value, c) => {
    sum += ((model.weights[c] ?? 0) * (value - (model.means[c] ?? 0))) / (model.spreads[c] ?? 1);
  });
  return sigmoid(sum);
}

function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = a.length;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(a[r]?.[i] ?? 0) > Math.abs(a[pivot]?.[i] ?? 0)) pivot = r;
    [a[i], a[pivot]] = [a[pivot] as number[], a[i] as number[]];
    const line = a[i] as number[];
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const other = a[r] as number[];
      const factor = (other[i] ?? 0) / (line[i] ?? 1);
      for (let c = i; c <= n; c++) other[c] = (other[c] ?? 0) - factor * (line[c] ?? 0);
    }
  }
  return a.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
