import { Folder, type Instance, StringValue } from 'banyan'

/** The referee's notebook. What lies in ServerStorage never reaches any client, not even as a name. */
export interface RefereeNotes {
  write(text: string): void
}

const maxNotes = 50

/** Opens a notebook in `parent`; every note begins with the private mark of this server. */
export function createRefereeNotes(parent: Instance, privateMark: string): RefereeNotes {
  const notes = new Folder({ name: 'RefereeNotes', parent })
  return {
    write(text) {
      new StringValue({ name: 'Note', value: `${privateMark}: ${text}`, parent: notes })
      const children = notes.getChildren()
      if (children.length > maxNotes) children[0]?.destroy()
    },
  }
}
