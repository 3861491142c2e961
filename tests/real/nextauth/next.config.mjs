// The build does no more than the tests need: they look at no types and at no style.
export default {
  eslint: { ignoreDuringBuilds: true },
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
};
