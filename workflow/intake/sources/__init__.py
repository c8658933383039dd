"""Articles that come in by themselves: feeds, WordPress sites and watched folders."""
