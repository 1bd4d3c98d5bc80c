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
 */
export function lowPrices(prices: readonly { offer: string; price: number }[]): LowPrice[] {
  const found: LowPrice[] = [];
  const sorted = [...prices].sort((a, b) => a.price - b.price);
  const total = prices.reduce((sum, { price }) => sum + price, 0);
  for (const { id, percent, fewest } of table.rules) {
    if (prices.length < fewest) continue;
    sorted.forEach(({ offer, price }, i) => {
      const next = i === 0 ? sorted[1]?.price : undefined;
      const measure = id === 'below-next' ? next : total / prices.length;
      if (measure === undefined || measure <= 0) return;
      const below = 100 * (1 - price / measure);
      if (below >= percent) found.push({ offer, rule: id, percent: Math.floor(below) });
    });
  }
  return found;
}
