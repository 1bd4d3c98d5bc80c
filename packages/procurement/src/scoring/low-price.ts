import table from '../../data/low-price.json' with { type: 'json' };

export interface LowPrice {
  offer: string;
  rule: string;
  /** Per cent below what the rule compares with, rounded down. */
  percent: number;
}

/**
 * Prices to ask an explanation for: Directive 2014/24/EU, Article 69(1). A flag is a question, never a refusal; that needs the supplier's
 * explanation first (69(3)). The figures are in `data/low-price.json` with where they come from.
 * @param prices in whole cents
 */
export function lowPrices(prices: readonly { offer: string; price: number }[]): LowPrice[] {
  const found: LowPrice[] = [];
  const sorted = [...prices].sort((a, b) => a.price - b.price);
  const total = prices.reduce((sum, { price }) => sum + BigInt(price), 0n);
  for (const { id, percent, fewest } of table.rules) {
    if (prices.length < fewest) continue;
    sorted.forEach(({ offer, price }, i) => {
      const next = i === 0 && sorted[1] ? BigInt(sorted[1].price) : null;
      // The mean as a fraction, in whole numbers: exactly 20 per cent below is 20 per cent below.
      const [sum, count] = id === 'below-next' ? [next, 1n] : [total, BigInt(prices.length)];
      if (sum === null || sum <= 0n) return;
      const below = (100n * (sum - count * BigInt(price))) / sum;
      if (below >= BigInt(percent)) found.push({ offer, rule: id, percent: Number(below) });
    });
  }
  return found;
}
