/**
 * The shapes of the desk's API (api/schemas_desk.py) and of what the desk keeps.
 * Types only, like core/types.js: no module, so that the names are known in every other file.
 *
 * @typedef {'here' | 'break' | 'away'} DeskPresence
 * @typedef {'agent' | 'editor' | 'admin'} DeskRole
 * @typedef {'waiting' | 'talking' | 'returned' | 'closed' | 'left' | 'expired'} DeskState
 *
 * @typedef {{ id: string, name: string }} DeskPerson
 * @typedef {DeskPerson & { state: DeskPresence }} DeskAgent
 * @typedef {{ id: string, title: string }} DeskChoice
 * @typedef {DeskChoice & { text: string }} DeskCanned
 *
 * @typedef {object} DeskMe
 * @property {string} id
 * @property {string} name
 * @property {string} csrf
 * @property {{ municipality: string, name: string, roles: DeskRole[] }[]} memberships
 * @property {DeskPresence} presence
 *
 * @typedef {object} DeskMunicipality
 * @property {string} id
 * @property {string} name
 * @property {boolean} chat - offered there at all
 * @property {boolean} open - citizens are offered it now
 * @property {string} text
 * @property {string | null} opens
 * @property {string | null} closes - none: outside opening hours
 * @property {string | null} extra_until
 * @property {string | null} closed_until
 * @property {DeskAgent[]} agents
 *
 * @typedef {{ open_until?: string | null, closed_until?: string | null }} DeskOpening
 * @typedef {'take' | 'done' | 'unreachable' | 'release'} DeskCallbackStep
 *
 * @typedef {object} DeskRow
 * @property {string} id
 * @property {string} municipality
 * @property {string} municipality_name
 * @property {string} unit
 * @property {string} unit_name
 * @property {string | null} subject
 * @property {string | null} reason
 * @property {string | null} language
 * @property {string} channel
 * @property {DeskState} state
 * @property {number} waited_seconds
 * @property {DeskPerson | null} claimed_by
 * @property {string | null} wanted_by
 * @property {string | null} wanted_by_name
 * @property {boolean} danger
 * @property {boolean} citizen_here
 * @property {string | null} outcome
 * @property {string} created_at
 *
 * @typedef {object} DeskQueue
 * @property {string} now
 * @property {DeskMunicipality[]} municipalities
 * @property {DeskRow[]} waiting
 * @property {DeskRow[]} mine
 * @property {DeskRow[]} others
 * @property {number} callbacks_due
 *
 * @typedef {object} DeskUnderstood
 * @property {string | null} kind
 * @property {string | null} answer
 * @property {string | null} topic
 * @property {number | null} confidence
 * @property {string[]} masked
 *
 * @typedef {object} DeskMessage
 * @property {number} number
 * @property {'citizen' | 'assistant' | 'agent' | 'notice'} sender
 * @property {string} text
 * @property {string} created_at
 * @property {string | null} agent
 * @property {DeskUnderstood | null} understood
 *
 * @typedef {object} DeskDetail
 * @property {DeskRow} row
 * @property {DeskMessage[]} messages
 * @property {DeskCanned[]} canned
 * @property {DeskChoice[]} outcomes
 * @property {DeskAgent[]} colleagues
 * @property {DeskPerson[]} units
 *
 * @typedef {object} DeskCallback
 * @property {string} receipt
 * @property {string} municipality
 * @property {string} municipality_name
 * @property {string} unit_name
 * @property {'waiting' | 'taken' | 'done' | 'unreachable' | 'cancelled'} state
 * @property {string | null} name
 * @property {string | null} phone
 * @property {string | null} phone_href
 * @property {string | null} about
 * @property {string | null} language
 * @property {string} due_from
 * @property {string} due_to
 * @property {string} due
 * @property {boolean} overdue
 * @property {DeskPerson | null} taken_by
 * @property {number} attempts
 *
 * @typedef {object} DeskAuditEntry
 * @property {number} id
 * @property {string} at
 * @property {DeskPerson | null} staff
 * @property {string | null} municipality
 * @property {string} action
 * @property {string | null} object
 *
 * @typedef {{ entries: DeskAuditEntry[], before: number | null }} DeskAudit
 *
 * @typedef {object} DeskFailedMail
 * @property {string} kind
 * @property {string} municipality
 * @property {string | null} receipt
 * @property {string} failed_at
 * @property {number} attempts
 * @property {string | null} problem
 *
 * @typedef {{ what: 'queue' | 'callbacks' | 'handoff', handoff: string | null }} DeskChange
 *
 * @typedef {object} DeskKept
 * @property {string} staff - whose it is
 * @property {Record<string, string>} drafts - by handoff
 * @property {Record<string, { key: string, text: string }[]>} unsent - by handoff
 * @property {boolean} sound
 *
 * @typedef {object} DeskTalk
 * @property {string} id
 * @property {DeskDetail | null} detail
 * @property {number} seen - number of the last message that the agent has had before the eyes
 * @property {string} problem - why it can't be read; empty when it can
 *
 * @typedef {'ok' | 'lost' | 'signedOut'} DeskLink
 *
 * @typedef {{ page: 'talks', id: string | null } | { page: 'callbacks' | 'log', id: null }} DeskPlace
 *
 * @typedef {import('./store.js').Store} DeskStore
 * @typedef {import('./memory.js').DeskMemory} DeskMemory
 * @typedef {import('./api.js').DeskApi} DeskApi
 * @typedef {import('./app.js').App} DeskApp
 */
