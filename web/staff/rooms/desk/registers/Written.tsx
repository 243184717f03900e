// The form of a register, filled in: a record that is begun, or its next version.

import { useState } from "react";

import { api, ask, type Schema } from "../../../lib/api";
import { useWords } from "../../../lib/words";
import { Button } from "../../../parts/Button";
import { Dialog } from "../../../parts/Dialog";
import { Form as Fields, TextField } from "../../../parts/Fields";
import { Problem } from "../../../parts/Problem";
import { useDeed, useKey, type Read } from "../deeds";
import { words as common } from "../words";
import { latestOf, TOUCHED, type Form, type Record } from "./data";
import { words } from "./words";

type Answers = Schema["RecordText"]["answers"];

interface Props {
  readonly form: Form;
  /** Of which it is the next version; a new record where there is none. */
  readonly of?: Read<Record>;
  readonly close: () => void;
  readonly done: (recordId: string) => void;
}

export function Written({ form, of, close, done }: Props) {
  const say = useWords(words);
  const shared = useWords(common);
  const was = of && latestOf(of.data);
  const [title, setTitle] = useState(was?.title ?? "");
  const [answers, setAnswers] = useState<Answers>(was?.answers ?? {});
  const [key] = useKey();
  const said = Object.fromEntries(
    Object.entries(answers).filter(([, answer]) => answer?.trim()),
  ) as Answers;
  const keep = useDeed({
    run: () =>
      of
        ? ask(
            api.POST("/v1/governance/{record_id}/versions", {
              params: {
                path: { record_id: of.data.record_id },
                header: { "If-Match": of.revision },
              },
              body: { title: title.trim(), answers: said },
            }),
          )
        : ask(
            api.POST("/v1/governance", {
              params: { header: { "Idempotency-Key": key } },
              body: { kind: form.kind, title: title.trim(), answers: said },
            }),
          ),
    touches: TOUCHED,
    said: say(of ? "edited" : "begun"),
    done: ({ record_id }) => {
      close();
      done(record_id);
    },
  });
  return (
    <Dialog title={`${say(of ? "edit" : "begin")}: ${form.kind_words}`} open wide close={close}>
      <p>{say("form_lead")}</p>
      <Problem error={keep.problem} />
      <Fields send={() => keep.act(undefined)}>
        <TextField label={say("name")} value={title} change={setTitle} maxLength={120} required />
        {form.questions.map(({ field, words: question }) => (
          <TextField
            key={field}
            label={question}
            value={answers[field] ?? ""}
            change={(answer) => setAnswers({ ...answers, [field]: answer })}
            lines={3}
            maxLength={4000}
          />
        ))}
        <Button kind="main" type="submit" isDisabled={keep.busy || !title.trim()}>
          {shared("save")}
        </Button>
      </Fields>
    </Dialog>
  );
}
