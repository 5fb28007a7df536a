// The product's mark: a shield with a pulse through it.
export function Logo({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <path
        d="M16 3.5 28 8v8c0 6.6-4.7 11.2-12 13.300C8.7 27.2 4 22.6 4 16V8l12-4.500Z"
        stroke="var(--accent)"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
      <path
        d="M9.5 16.500h3.200l2.3-5.5 3 10 2.2-4.500h2.3"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
