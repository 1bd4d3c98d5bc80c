import type { Command } from 'commander';

interface Word {
  path: string[];
  subcommands: { name: string; about: string }[];
  options: { flag: string; about: string; choices: readonly string[] }[];
  /** Values of the argument, where there is a list of them. */
  values: readonly string[];
  /** Whether the command's argument, or its option's, may be a file. */
  files: boolean;
}

/** Prints a completion script for bash, zsh or fish, made from the commands themselves. */
export function completionCommand(shell: 'bash' | 'zsh' | 'fish', program: Command): void {
  process.stdout.write({ bash, zsh, fish }[shell](walk(program, [])));
}

function walk(command: Command, path: string[]): Word[] {
  const values = command.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
  const here: Word = {
    path,
    values,
    files: command.commands.length === 0 && values.length === 0,
    subcommands: command.commands.map((sub) => ({ name: sub.name(), about: sub.summary() || sub.description() })),
    options: command.options.flatMap((option) =>
      option.long ? [{ flag: option.long, about: option.description, choices: option.argChoices ?? [] }] : [],
    ),
  };
  return [here, ...command.commands.flatMap((sub) => walk(sub, [...path, sub.name()]))];
}

function bash(words: Word[]): string {
  const cases = words.map((word) => {
    const flags = [...word.options.map((option) => option.flag), '--help'];
    const list = [...word.subcommands.map((sub) => sub.name), ...word.values, ...flags];
    return `    '${word.path.join(' ')}') words='${list.join(' ')}'${word.files ? ' files=1' : ''} ;;`;
  });
  const values = words.flatMap(({ path, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ flag, choices }) =>
          `    '${[...path, flag].join(' ')}') COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$cur")); return ;;`,
      ),
  );
  return `# proviso completion for bash
_proviso() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' words='' files='' word file
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${subcommandNames(words).join('|')}) at="\${at:+$at }$word" ;; esac
  done
  case "\${at:+$at }$prev" in
${values.join('\n')}
  esac
  case $at in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [[ -n $files && $cur != -* ]]; then
    while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
  fi
}
complete -o filenames -F _proviso proviso
`;
}

function zsh(words: Word[]): string {
  const cases = words.map((word) => {
    const list = [
      ...word.subcommands.map((sub) => `'${quoteZsh(sub.name)}:${quoteZsh(sub.about)}'`),
      ...word.values.map((value) => `'${value}'`),
      ...word.options.map((option) => `'${option.flag}:${quoteZsh(option.about)}'`),
    ];
    return `    '${word.path.join(' ')}') list=(${list.join(' ')})${word.files ? ' files=1' : ''} ;;`;
  });
  return `#compdef proviso
_proviso() {
  local -a list
  local at='' files='' word
  for word in \${words[2,CURRENT-1]}; do
    case $word in ${subcommandNames(words).join('|')}) at="\${at:+$at }$word" ;; esac
  done
  case $at in
${cases.join('\n')}
  esac
  _describe 'proviso' list
  [[ -n $files ]] && _files
}
compdef _proviso proviso
`;
}

function fish(words: Word[]): string {
  const lines = words.flatMap((word) => {
    const seen = word.path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    const when = word.path.length === 0 ? '__fish_use_subcommand' : seen;
    return [
      ...word.subcommands.map((sub) => `complete -c proviso -n '${when}' -a ${sub.name} -d '${quoteFish(sub.about)}'`),
      ...word.values.map((value) => `complete -c proviso -f -n '${when}' -a ${value}`),
      ...word.options.map(
        (option) =>
          `complete -c proviso -n '${when}' -l ${option.flag.slice(2)} -d '${quoteFish(option.about)}'${option.choices.length ? ` -xa '${option.choices.join(' ')}'` : ''}`,
      ),
    ];
  });
  return `# proviso completion for fish\n${lines.join('\n')}\n`;
}

function subcommandNames(words: Word[]): string[] {
  return [...new Set(words.flatMap((word) => word.subcommands.map((sub) => sub.name)))];
}

const quoteZsh = (text: string): string => text.split('\n')[0]?.replaceAll("'", '’').replaceAll(':', '\\:') ?? '';
const quoteFish = (text: string): string => text.split('\n')[0]?.replaceAll("'", '’') ?? '';
