import { type ReactNode, use } from 'react';

let drawing: Promise<typeof import('uqr')> | undefined;

/** A text as a QR code that a phone's camera reads: dark on light in both themes, with the quiet zone of four modules (ISO/IEC 18004). */
export function QrCode({ text, label }: { text: string; label: string }): ReactNode {
  drawing ??= import('uqr');
  const { data, size } = use(drawing).encode(text, { border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
