import type { Schema } from "../../lib/api";

// Held against the API's own list: tsc refuses one that it lacks, or that is not there.
const SIZED: Readonly<Record<Schema["ReadySize"], true>> = {
  full_size: true,
  large_size: true,
  medium_size: true,
  website_header: true,
  website_wide: true,
  social_square: true,
  social_portrait: true,
  social_story: true,
  social_link: true,
  print_a4: true,
  print_a4_upright: true,
  print_a5: true,
  print_full: true,
};

export const SIZES = Object.keys(SIZED) as readonly Schema["ReadySize"][];
