// Something that is done: what it says when it worked, and when it did not.

import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";

import { useSentence } from "./States";
import { toast } from "./Toasts";

/** Do something, say what came of it, and look again at what it changes. */
export function useDeed<Order, Answer>(
  act: (order: Order) => Promise<Answer>,
  changes: readonly QueryKey[],
  after: (answer: Answer, order: Order) => void = () => undefined,
) {
  const queries = useQueryClient();
  const sentence = useSentence();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer, order) => {
      await Promise.all(
        changes.map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
      after(answer, order);
    },
    onError: (error) => toast(sentence(error), { kind: "no" }),
  });
}
