/**
 * The shapes of API v1's answers and of what the widget keeps.
 * Types only: nothing loads this file when it runs. It is no module, so that its names are known in
 * every other file without being imported there.
 *
 * @typedef {{ text: string, href: string }} Link
 *
 * @typedef {object} Contact
 * @property {string} id
 * @property {string} name
 * @property {string | null} phone
 * @property {string | null} phone_href
 * @property {string | null} email
 * @property {string | null} visit_address
 * @property {boolean | null} open_now
 * @property {string | null} status
 * @property {string | null} [job]
 * @property {string | null} [how]
 * @property {string | null} [phone_hours]
 *
 * @typedef {object} Source
 * @property {string} municipality
 * @property {string} title
 * @property {string | null} updated
 * @property {string | null} quote
 * @property {string | null} line
 *
 * @typedef {object} MessageView
 * @property {number} number
 * @property {'citizen' | 'assistant' | 'agent' | 'notice'} sender
 * @property {string | null} [agent] - the name of the person who wrote
 * @property {string} text
 * @property {string} created_at
 * @property {number | null} in_reply_to
 * @property {string | null} kind
 * @property {string | null} body
 * @property {string[]} items
 * @property {string | null} answer
 * @property {Source | null} source
 * @property {Contact[]} contacts
 * @property {{ title: string, payload: string }[]} quick_replies
 * @property {Link[]} links
 * @property {boolean} masked
 * @property {string | null} lang
 * @property {string | null} [spoken] - as it is said, all in words
 *
 * @typedef {'chat' | 'phone' | 'callback' | 'email' | 'visit' | 'page'} RouteId
 *
 * @typedef {object} RouteView
 * @property {RouteId} id
 * @property {string} title
 * @property {string} text
 * @property {boolean} available - right now
 * @property {boolean} form - it is used from here
 * @property {Contact | null} contact
 * @property {string | null} opens
 *
 * @typedef {object} HandoffView
 * @property {'none' | 'waiting' | 'talking' | 'returned' | 'closed' | 'left' | 'expired'} state
 * @property {number | null} place
 * @property {string | null} wait
 * @property {string | null} agent
 * @property {string | null} unit
 * @property {string} text
 * @property {string[]} can
 * @property {RouteView[]} routes
 *
 * @typedef {object} CallbackTimes
 * @property {boolean} open
 * @property {string} unit
 * @property {string} purpose
 * @property {{ id: string, title: string }[]} times
 *
 * @typedef {object} CallbackWish
 * @property {string} name
 * @property {string} phone
 * @property {string} about
 * @property {string} time
 * @property {boolean} consent
 * @property {string} key
 * @property {string | undefined} conversation_id
 *
 * @typedef {{ receipt: string, secret: string, text: string, lines: string[] }} CallbackReceipt
 * @typedef {{ receipt: string, secret: string }} CallbackKey
 *
 * @typedef {object} CallbackState
 * @property {string} text
 * @property {string[]} lines
 * @property {boolean} can_cancel
 *
 * @typedef {{ reply_to: string, about: string, consent: boolean, key: string }} MailWish
 *
 * @typedef {{ message: MessageView, replies: MessageView[] }} Exchange
 *
 * @typedef {object} ConversationView
 * @property {string} id
 * @property {string | null} language
 * @property {boolean} easy
 * @property {MessageView[]} messages
 * @property {Record<string, boolean>} feedback
 *
 * @typedef {object} AssistantView
 * @property {string} name
 * @property {string} greeting
 * @property {string} is_machine
 * @property {string} can_do
 * @property {string} notice_privacy
 *
 * @typedef {object} MunicipalityRecord
 * @property {string} id
 * @property {string} name
 * @property {AssistantView} assistant
 * @property {string[]} suggested
 * @property {Contact[]} contacts
 * @property {Record<string, string>} colours
 * @property {Record<string, string>} colours_dark
 * @property {string | null} logo
 * @property {boolean} open
 * @property {string | null} closed_message
 * @property {{ text: string }[]} notices
 * @property {{ message: number, listen_seconds: number }} limits
 * @property {{ code: string, name: string }[]} languages
 * @property {boolean} speech
 * @property {'off' | 'browser' | 'whisper'} listen - who hears spoken questions
 * @property {string} about_url
 * @property {number} retention_days
 *
 * @typedef {{ id: string, secret: string }} Session
 *
 * @typedef {'sending' | 'retrying' | 'failed'} PendingState
 *
 * @typedef {{ key: string, text: string, state: PendingState, reason: string }} Pending
 *
 * @typedef {object} View
 * @property {boolean} open
 * @property {number} scale
 * @property {boolean} easy
 * @property {string | null} language
 *
 * @typedef {object} FrameSetup
 * @property {boolean} page
 * @property {() => boolean} escape - whether something inside was closed instead
 * @property {(open: boolean) => void} changed
 *
 * @typedef {object} Settings
 * @property {string} municipality
 * @property {string} language - of the page
 * @property {string} server - with a slash at its end
 * @property {string} phone - shown when not even the record can be had; may be empty
 * @property {string} label - of the launcher; may be empty
 * @property {boolean} page - a part of the page instead of a button that opens it
 *
 * @typedef {object} ComposerSetup
 * @property {Say} say
 * @property {number} limit - characters of one message
 * @property {(text: string) => void} send
 * @property {(text: string) => void} announce - at once
 * @property {(text: string) => void} announceAtRest - when the typing rests
 *
 * @typedef {object} DictateSetup
 * @property {'browser' | 'whisper'} mode
 * @property {HTMLInputElement | HTMLTextAreaElement} field
 * @property {(text: string) => void} announce
 * @property {(sound: Blob) => Promise<string>} [hear] - what is said in it; for whisper
 * @property {string} [language]
 * @property {number} [seconds] - of one recording
 * @property {(key: DictateKey, values?: Record<string, string | number>) => string} [say]
 *
 * @typedef {keyof typeof import('../components/dictate/strings.js').sv} DictateKey
 * @typedef {{ stop: () => void, drop: () => void }} Listening
 * @typedef {import('../components/dictate/unheard.js').Unheard} Unheard
 *
 * @typedef {object} Ear
 * @property {string} language
 * @property {() => void} begun
 * @property {() => void} working
 * @property {(text: string) => void} heard
 * @property {(problem: Unheard | null) => void} ended
 *
 * @typedef {object} RecognitionEvent
 * @property {number} resultIndex
 * @property {Iterable<{ isFinal: boolean } & Iterable<{ transcript: string }>>} results
 *
 * @typedef {object} OneRecognition
 * @property {boolean} [processLocally]
 * @property {() => void} onstart
 * @property {(event: RecognitionEvent) => void} onresult
 * @property {(event: { error: string }) => void} onerror
 * @property {() => void} onend
 * @property {() => void} start
 * @property {() => void} stop
 * @property {() => void} abort
 *
 * @typedef {{ new (): OneRecognition, available?: (wish: object) => Promise<string> }} Recognition
 *
 * @typedef {object} FeedbackSetup
 * @property {Say} say
 * @property {number} number - of the answer, for names that differ
 * @property {boolean | undefined} given
 * @property {(helped: boolean, words?: string) => Promise<void>} give
 * @property {(text: string) => void} announce
 *
 * @typedef {object} HeaderSetup
 * @property {Say} say
 * @property {string} name
 * @property {string | null} logo - its full address
 * @property {HTMLButtonElement | null} menu
 * @property {(() => void) | null} close - null where there is nothing to close
 * @property {boolean} page
 *
 * @typedef {{ index: number, text: string, spoken: string }} SpeechSentence
 * @typedef {{ language: string, sentences: SpeechSentence[] }} SpeechManifest
 *
 * @typedef {object} SpeechSource
 * @property {(slow: boolean) => Promise<SpeechManifest>} manifest
 * @property {(index: number, slow: boolean) => Promise<Blob>} sound
 * @property {SpeechOutput} [output] - where it makes no files but speaks by itself
 *
 * @typedef {object} SpeechOutput
 * @property {number} volume - 0 to 1
 * @property {(sentence: SpeechSentence, slow: boolean, turn: SpeechTurn) => Promise<void>} play
 * @property {() => void} pause
 * @property {() => void} resume
 * @property {() => void} clear - forget what was fetched
 *
 * @typedef {object} SpeechTurn - from one press to its end
 * @property {AbortController} abort
 * @property {boolean} held - whether it is to rest
 * @property {SpeechSentence | null} next
 * @property {(told: 'loading' | 'playing' | 'paused' | 'blocked') => void} tell
 *
 * @typedef {object} PlayerState
 * @property {'idle' | 'loading' | 'playing' | 'paused' | 'ended' | 'failed'} phase
 * @property {number} index
 * @property {number} total
 * @property {string} text - the sentence that is read, as it is written
 * @property {boolean} slow
 * @property {number} volume
 * @property {string} told - what went wrong, in words
 *
 * @typedef {object} PlayerSetup
 * @property {(key: 'listenLost' | 'listenBlocked') => string} say
 * @property {SpeechSource} source
 * @property {(state: PlayerState) => void} changed
 * @property {number} [volume]
 * @property {boolean} [slow]
 *
 * @typedef {{ say: ListenSay, source: SpeechSource, opener: HTMLElement, reader: Reader }} ListenSetup
 *
 * @typedef {object} Around
 * @property {Say} say
 * @property {() => void} forget
 * @property {(message: MessageView) => (Node | null)[]} actions - what can be done with an answer
 *
 * @typedef {object} PanelSetup
 * @property {Say} say
 * @property {Settings} settings
 * @property {MunicipalityRecord} record
 * @property {Conversation} conversation
 * @property {Menu} menu
 * @property {(() => void) | null} close
 * @property {() => void} unseen - an answer came
 *
 * @typedef {object} ToolsSetup
 * @property {Say} say
 * @property {View} view
 * @property {{ code: string, name: string }[]} languages
 * @property {string | null} about - the address of the page about the assistant
 * @property {number} days - how long a conversation is kept
 * @property {(scale: number) => void} scale
 * @property {(easy: boolean) => Promise<void>} easy
 * @property {(language: string | null) => Promise<void>} language
 * @property {() => Promise<void>} copy
 * @property {() => Promise<void>} print
 * @property {() => void} startOver
 * @property {() => Promise<void>} erase
 * @property {(text: string) => void} announce
 *
 * @typedef {object} Hand - what a form to reach a person has at hand
 * @property {HandoffSay} say
 * @property {Conversation} conversation
 * @property {string} municipality
 * @property {Record<string, string>} drafts
 * @property {(text: string) => void} announce
 * @property {() => void} sending - say that it is being sent
 * @property {(step: Step) => void} enter
 * @property {() => void} back - to the ways
 * @property {() => void} done - on with the conversation
 * @property {() => void} rest - the focus goes where one writes
 * @property {() => void} ways - open them
 * @property {(title: string, words: Node) => void} tell
 *
 * @typedef {{ root: HTMLElement, focus: () => void }} Step
 *
 * @typedef {object} Field
 * @property {HTMLElement} root
 * @property {string} name - as the server calls it
 * @property {() => string} value
 * @property {(words: string) => void} fail
 * @property {() => void} focus
 * @property {() => boolean} check - whether all is well
 *
 * @typedef {object} TextSetup
 * @property {string} label
 * @property {string} [hint]
 * @property {string} [missing] - said when it is empty; none: it may be
 * @property {number} limit - characters
 * @property {number} [rows]
 * @property {(value: string) => string} [wrong]
 * @property {Record<string, Value>} [more] - attributes
 *
 * @typedef {object} FormSetup
 * @property {string} title
 * @property {Field[]} fields
 * @property {HTMLElement[]} [before]
 * @property {string} act - on the button
 * @property {() => Promise<void>} send
 * @property {() => void} [change] - go back and write something else
 *
 * @typedef {{ method?: string, body?: unknown, secret?: string, timeout?: number }} Options
 *
 * @typedef {object} Shown
 * @property {(message: MessageView, news: boolean) => void} message - news: not merely read again
 * @property {(pending: Pending) => void} pending
 * @property {(key: string, number: number | null) => void} delivered
 * @property {(waiting: boolean) => void} typing
 * @property {(view: HandoffView) => void} handoff
 * @property {() => void} cleared
 * @property {() => void} ended - by the server or in another tab
 *
 * @typedef {{ event: string, id: string, data: string }} ServerEvent
 *
 * @typedef {object} Hearer
 * @property {(message: MessageView) => void} message
 * @property {(view: HandoffView) => void} handoff
 * @property {() => void} gone - the conversation was erased, or is not ours
 * @property {() => number} after - the newest number that is known
 *
 * @typedef {object} Postman
 * @property {(pending: Pending) => Promise<void>} deliver - rejects with a Fault
 * @property {(pending: Pending) => void} changed
 * @property {() => void} emptied - nothing is being sent now
 *
 * @typedef {{ ask: true } | { session: Session, replaces: string | null } | { gone: string }} Word
 *
 * @typedef {object} Kept
 * @property {Session | null} session
 * @property {{ key: string, text: string }[]} unsent
 * @property {View} view
 * @property {MunicipalityRecord | null} record
 * @property {boolean} engaged - a person is waited for, or answers
 * @property {CallbackKey | null} callback
 *
 * @typedef {import('./api.js').Api} Api
 * @typedef {import('./conversation.js').Conversation} Conversation
 * @typedef {import('./session.js').Memory} Memory
 * @typedef {import('../components/chat/chat.js').Chat} Chat
 * @typedef {import('../components/handoff/handoff.js').Handoff} Handoff
 * @typedef {import('../components/help/help.js').Help} Help
 * @typedef {import('../components/listen/listen.js').Reader} Reader
 * @typedef {import('../components/listen/player.js').Player} Player
 * @typedef {import('../components/panel/panel.js').Panel} Panel
 * @typedef {import('../components/launcher/launcher.js').Launcher} Launcher
 * @typedef {import('../components/tools/menu.js').Menu} Menu
 * @typedef {import('../components/tools/tools.js').Tools} Tools
 *
 * @typedef {typeof import('./strings.js').sv} Words
 * @typedef {keyof Words} Key
 * @typedef {(key: Key, values?: Record<string, string | number>) => string} Say
 * @typedef {typeof import('../components/handoff/strings.js').sv} HandoffWords
 * @typedef {keyof HandoffWords} HandoffKey
 * @typedef {(key: HandoffKey, values?: Record<string, string | number>) => string} HandoffSay
 * @typedef {typeof import('../components/listen/strings.js').sv} ListenWords
 * @typedef {keyof ListenWords} ListenKey
 * @typedef {(key: ListenKey, values?: Record<string, string | number>) => string} ListenSay
 *
 * @typedef {string | number | boolean | null | undefined | EventListener} Value - of an attribute
 * @typedef {Node | string | null | undefined | false} Child - of an element
 */
